using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CallCenter.Durable.Schema;

namespace CallCenter.Tests.Schema;

/// <summary>A record with everything that a schema knows.</summary>
[DisplayName("An order"), Description("What a customer wants.")]
public sealed record Order
{
    [JsonPropertyName("number"), StringLength(8), IdText, Example("A-1")]
    [DisplayName("Number"), Description("The number of the order. It stands on the receipt.")]
    public required string Number { get; init; }

    [JsonPropertyName("paid"), JsonRequired]
    public bool Paid { get; init; }

    [JsonPropertyName("pieces"), Range(1, 9), Example(2)]
    public required int Pieces { get; init; }

    [JsonPropertyName("size")]
    public Size Size { get; init; } = Size.Large;

    [JsonPropertyName("weight"), Range(-0.5, 100)]
    public double Weight { get; init; } = 1;

    [JsonPropertyName("comment"), StringLength(20), LinesText, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Comment { get; init; }

    [JsonPropertyName("greeting")]
    public string Greeting { get; init; } = "Hello <you>";

    [JsonPropertyName("priority")]
    public int? Priority { get; init; }

    [JsonPropertyName("gift"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Gift { get; init; }

    [JsonPropertyName("discount"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Discount { get; init; } = 5;

    [JsonPropertyName("wrapping"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Size Wrapping { get; init; }

    [JsonPropertyName("second")]
    public Size? Second { get; init; }

    [JsonPropertyName("address"), Description("Where it goes.")]
    public Address Address { get; init; } = new() { Street = "Main Street", Floor = 3 };

    [JsonPropertyName("billing"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Address? Billing { get; init; }

    [JsonPropertyName("token"), InternalValue, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }
}

public sealed record Address
{
    [JsonPropertyName("street")]
    public required string Street { get; init; }

    [JsonPropertyName("floor")]
    public int Floor { get; init; } = 1;
}

[JsonConverter(typeof(JsonStringEnumConverter<Size>))]
public enum Size
{
    [JsonStringEnumMemberName("small"), Display(Name = "Small", Description = "Fits into a pocket.")]
    Small,

    [JsonStringEnumMemberName("large")]
    Large,
}

/// <summary>A record with no attribute at all.</summary>
public sealed record Plain
{
    public string? Name { get; init; }
    public int Count { get; init; } = 4;
    public bool Loud { get; init; } = true;
    public double Factor { get; init; }
}

public sealed record Nothing;

public sealed record Dated
{
    public DateTime When { get; init; }
}

public sealed record Positional(string Name);

public sealed record Numbered
{
    public DayOfWeek Day { get; init; }
}

public sealed record Endless
{
    public Endless? Next { get; init; }
}

[JsonSerializable(typeof(Order))]
internal sealed partial class OrderJson : JsonSerializerContext;

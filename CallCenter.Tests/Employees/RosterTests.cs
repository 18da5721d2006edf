using System.Text.Json;
using CallCenter.Workflows.Employees;

namespace CallCenter.Tests.Employees;

/// <summary>Who may be an employee.</summary>
public sealed class RosterTests
{
    private static readonly Employee Kim = new("1", "Alex Kim", "alex.kim@example.com");

    [Fact]
    public void Check_Example_IsFine() => Roster.Check(Roster.Example);

    [Theory]
    [InlineData("o'neil+cases@example.com")]
    [InlineData("kim@localhost")]
    [InlineData("kim@xn--mnchen-3ya.example")]
    public void Check_OrdinaryAddress_IsFine(string email) => Roster.Check([Kim with { Email = email }]);

    [Theory]
    [InlineData("")]
    [InlineData("kim")]
    [InlineData("kim@")]
    [InlineData("@example.com")]
    [InlineData("kim@example.com, eve@example.com")]
    [InlineData("kim@example.com,eve@example.com")]
    [InlineData("kim@a@example.com")]
    [InlineData("kim @example.com")]
    [InlineData("kim@example.com ")]
    [InlineData("kim@example.com\r\nBcc: eve@example.com")]
    [InlineData("kim\0@example.com")]
    [InlineData("Kim <kim@example.com>")]
    [InlineData("kim@exa mple.com")]
    [InlineData("kim@münchen.example")]
    [InlineData("kim..a@example.com")]
    [InlineData("\"kim\"@example.com")]
    [InlineData(null)]
    public void Check_NoAddress_SaysWhatWouldBeRight(string? email)
    {
        var refused = Assert.Throws<ArgumentException>(() => Roster.Check([Kim, new("2", "Kim", email!)]));

        Assert.StartsWith("The setting CallCenter:Employees:1:Email is '", refused.Message, StringComparison.Ordinal);
        Assert.Contains("It must be one address such as kim@example.com", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Fact]
    public void Check_AddressTooLong_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Roster.Check([Kim with { Email = $"{new string('k', 60)}@{string.Join('.', Enumerable.Repeat(new string('h', 50), 4))}" }]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Kim\r\nBcc: eve@example.com")]
    [InlineData("Kim\u2028")]
    public void Check_NoText_IsRefusedAsIdAndAsName(string? text)
    {
        Assert.Contains("CallCenter:Employees:0:Id", Assert.Throws<ArgumentException>(() => Roster.Check([Kim with { Id = text! }])).Message, StringComparison.Ordinal);
        Assert.Contains("CallCenter:Employees:0:Name", Assert.Throws<ArgumentException>(() => Roster.Check([Kim with { Name = text! }])).Message, StringComparison.Ordinal);
    }

    // Not a row above: no lone surrogate comes through xunit's serialization.
    [Fact]
    public void Check_LoneSurrogate_IsRefused() => Assert.Throws<ArgumentException>(() => Roster.Check([Kim with { Name = "Kim\ud83d" }]));

    [Fact]
    public void Check_Lengths_AreBounded()
    {
        Roster.Check([new(new('i', 64), new('n', 200), Kim.Email)]);

        Assert.Throws<ArgumentException>(() => Roster.Check([Kim with { Id = new('i', 65) }]));
        Assert.Throws<ArgumentException>(() => Roster.Check([Kim with { Name = new('n', 201) }]));
    }

    [Fact]
    public void Check_EqualIds_NamesBothSettings()
    {
        var refused = Assert.Throws<ArgumentException>(() => Roster.Check([Kim, Kim with { Id = "2" }, Kim with { Name = "Kim the other" }]));

        Assert.Contains("CallCenter:Employees:0:Id and CallCenter:Employees:2:Id are both '1'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Nobody_NamesTheSettings() =>
        Assert.Contains("CallCenter:Employees:0:Id", Assert.Throws<ArgumentException>(() => Roster.Check([])).Message, StringComparison.Ordinal);

    [Fact]
    public void Employee_Json_HasItsNames() =>
        Assert.Equal("""{"id":"1","name":"Alex Kim","email":"alex.kim@example.com"}""", JsonSerializer.Serialize(Kim));
}

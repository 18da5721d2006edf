using System.Text.Json;
using CallCenter.Durable.Schema;
using CallCenter.Durable.Settings;

namespace CallCenter.Tests.Schema;

public sealed class SchemaDefaultsTests
{
    private static readonly InputSchema OrderSchema = InputSchema.Of(typeof(Order), OrderJson.Default);

    [Theory]
    [InlineData("")]
    [InlineData("Orders")]
    public void WithDefaults_Settings_AreInTheInputAndInTheSchema(string section)
    {
        var prefix = section.Length == 0 ? "CallCenter:" : $"CallCenter:{section}:";
        var settings = new Dictionary<string, string?>
        {
            [prefix + "Size"] = "SMALL",
            [prefix + "Weight"] = "-0.25",
            [prefix + "Comment"] = "as always",
            [prefix + "Priority"] = "-7",
            [prefix + "Gift"] = "True",
            [prefix + "Discount"] = "0",
            [prefix + "Address:Floor"] = "9",
            [prefix + "Billing:Floor"] = "8",
        };

        var schema = OrderSchema.WithDefaults(new SettingsReader(settings.GetValueOrDefault), section);

        Assert.Equal(
            """{"number":"1","paid":false,"pieces":3,"size":"small","weight":-0.25,"comment":"as always","greeting":"Hello <you>","priority":-7,"gift":true,"address":{"street":"Main Street","floor":9}}""",
            Read(schema, """{"number":"1","paid":false,"pieces":3}"""));
        Assert.Contains(""","billing":{"street":"x","floor":8}}""", Read(schema, """{"number":"1","paid":false,"pieces":3,"billing":{"street":"x"}}"""), StringComparison.Ordinal);
        Assert.Equal("small", schema.Json["properties"]!["size"]!["default"]!.GetValue<string>());
        Assert.Equal(9, schema.Json["properties"]!["address"]!["properties"]!["floor"]!["default"]!.GetValue<int>());
        Assert.Equal("large", OrderSchema.Json["properties"]!["size"]!["default"]!.GetValue<string>());
    }

    [Fact]
    public void WithDefaults_NothingSet_ChangesNothing() =>
        Assert.Equal(OrderSchema.Json.ToJsonString(), OrderSchema.WithDefaults(new SettingsReader(_ => null)).Json.ToJsonString());

    [Theory]
    [InlineData("Size", "huge", "is 'huge'. It must be one of small, large.")]
    [InlineData("Weight", "heavy", "is 'heavy'. It must be a number from -0.5 to 100.")]
    [InlineData("Gift", "1", "is '1'. It must be one of true, false.")]
    [InlineData("Comment", "123456789012345678901", "is 21 characters long; at most 20 are allowed.")]
    [InlineData("Address:Floor", "1.5", "is '1.5'. It must be a whole number from -2147483648 to 2147483647.")]
    public void WithDefaults_WrongValue_StopsWithAClearSentence(string name, string value, string said) =>
        Assert.Equal(
            $"The setting CallCenter:Orders:{name} {said}",
            Assert.Throws<InvalidSettingException>(() =>
                OrderSchema.WithDefaults(new SettingsReader(key => key == $"CallCenter:Orders:{name}" ? value : null), "Orders")).Message);

    [Fact]
    public void WithDefaults_Names_AreThoseOfWhatMayBeLeftOut()
    {
        var settings = new SettingsReader(_ => null);

        OrderSchema.WithDefaults(settings, "Orders");

        Assert.Equal(
            ["Address:Floor", "Billing:Floor", "Comment", "Discount", "Gift", "Greeting", "Priority", "Second", "Size", "Weight", "Wrapping"],
            settings.Known.Select(name => name["Orders:".Length..]));
    }

    private static string Read(InputSchema schema, string body) => SchemaReader.Read(JsonElement.Parse(body), schema, []).GetRawText();
}

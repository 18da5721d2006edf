using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CallCenter.Runtime;

namespace CallCenter.Tests.Runtime;

public sealed class RuntimeJsonTests
{
    [Fact]
    public void Write_SeveralGenerated_EachWritesItsOwn()
    {
        var (json, one, two) = (new RuntimeJson(), new Knows<One>(), new Knows<Two>());
        json.Add(one);
        json.Add(two);

        Assert.Equal("""{"Text":"größe"}""", Encoding.UTF8.GetString(json.Write(new One("größe"))));
        Assert.Equal(2, json.Read<Two>("""{"Number":2}"""u8.ToArray())!.Number);
        Assert.Equal("3", Encoding.UTF8.GetString(json.Write(3)));

        Assert.Equal((1, 1), (one.Given, two.Given));
    }

    [Fact]
    public void Write_GeneratedForAnotherRuntime_DoesNotUseIt()
    {
        var one = new Knows<One>();
        new RuntimeJson().Add(one);

        new RuntimeJson().Write(new One("text"));

        Assert.Equal(0, one.Given);
    }

    private sealed record One(string Text);

    private sealed record Two(int Number);

    /// <summary>Stands in for generated code that knows one type.</summary>
    private sealed class Knows<T> : IJsonTypeInfoResolver
    {
        public int Given { get; private set; }

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            if (type != typeof(T))
                return null;
            Given++;
            return new DefaultJsonTypeInfoResolver().GetTypeInfo(type, options);
        }
    }
}

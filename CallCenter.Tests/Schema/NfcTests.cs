using CallCenter.Durable.Text;

namespace CallCenter.Tests.Schema;

/// <summary>Form C of Unicode, which the platform does not know in its invariant mode.</summary>
public sealed class NfcTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("Ünïcødé")]
    [InlineData("x\u0302")]
    [InlineData("\u1ed9")]
    [InlineData("x\u0323\u0332")]
    [InlineData("\uac01\ud55c\uae00")]
    [InlineData("\u05e9\u05b8\u05c1")]
    [InlineData("\u09ac\u09be\u0982\u09b2\u09be")]
    [InlineData("\u0e01\u0e38\u0e49\u0e07")]
    [InlineData("😀❤\ufe0f")]
    public void IsNormalized_FormC_IsTrue(string text) => Assert.True(Nfc.IsNormalized(text));

    [Theory]
    [InlineData("e\u0301")]
    [InlineData("o\u0323\u0302")]
    [InlineData("\u00f4\u0323")]
    [InlineData("a\u0332\u0301")]
    [InlineData("a\u0307\u0323")]
    [InlineData("\u212b")]
    [InlineData("\u2126")]
    [InlineData("\uf900")]
    [InlineData("\u0958")]
    [InlineData("\u1100\u1161")]
    [InlineData("\uac00\u11a8")]
    [InlineData("\u09c7\u09be")]
    [InlineData("\ud804\udd31\ud804\udd27")]
    public void IsNormalized_OtherForms_IsFalse(string text) => Assert.False(Nfc.IsNormalized(text));

    [Fact]
    public void VisibleText_AnyCodePoint_IsJudged()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (code is < 0xD800 or > 0xDFFF)
                _ = VisibleText.IdFault($"a{char.ConvertFromUtf32(code)}b");
        }
    }
}

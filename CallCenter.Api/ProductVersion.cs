using System.Reflection;

namespace CallCenter.Api;

/// <summary>The version of this product, the same for all of its parts.</summary>
public static class ProductVersion
{
    private const int CommitDigits = 7;

    private static readonly string[] Parts =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', 2);

    /// <summary>As in <c>0.1.0</c>.</summary>
    public static string Number => Parts[0];

    /// <summary>The same with the first digits of the commit it was built from, where that is known: <c>0.1.0 (1a2b3c4)</c>.</summary>
    public static string Text => Parts is [_, { Length: >= CommitDigits } commit] ? $"{Number} ({commit[..CommitDigits]})" : Number;
}

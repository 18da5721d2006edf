using System.Globalization;

namespace CallCenter.Api.StepFunctions;

/// <summary>The pages of what is all known.</summary>
internal static class PageToken
{
    /// <summary>One page.</summary>
    /// <param name="all">All of it.</param>
    /// <param name="page">How long a page may be, and the token of the page before.</param>
    /// <param name="scope">What is listed.</param>
    public static (IReadOnlyList<T> Items, string? Next) Cut<T>(IReadOnlyList<T> all, (int Size, string? Token) page, string scope)
    {
        var from = 0;
        if (page.Token is { } token && !int.TryParse(CheckedToken.Read(token, scope), NumberStyles.None, CultureInfo.InvariantCulture, out from))
            throw AwsRefusedException.InvalidToken();
        var to = Math.Min((long)from + page.Size, all.Count);
        return ([.. all.Skip(from).Take(page.Size)], to < all.Count ? CheckedToken.Write(to.ToString(CultureInfo.InvariantCulture), scope) : null);
    }
}

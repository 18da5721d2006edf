namespace CallCenter.Runtime.Storage.Files;

/// <summary>Tidying up where a failure changes nothing: what is left behind is found at the next start.</summary>
internal static class Quietly
{
    public static void Run(Action tidy)
    {
        try
        {
            tidy();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // See above.
        }
    }
}

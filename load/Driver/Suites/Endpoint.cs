namespace EarlyWarning.Driver.Suites;

/// <summary>Where a suite is, and whether load may be put on it.</summary>
internal static class Endpoint
{
    /// <summary>
    /// Why no load goes there; <see langword="null"/> where it may. Load on a machine that somebody else depends on is an attack: it takes
    /// TLS and a key, which whoever runs that suite gave out.
    /// </summary>
    public static string? Refusal(Uri address, bool hasKey)
    {
        if (address.Scheme is not ("http" or "https") || address.AbsolutePath != "/")
        {
            return $"{address.OriginalString} is no address of a suite, such as http://127.0.0.1:5051 or https://suite.example:5051.";
        }

        if (address.IsLoopback || (address.Scheme == "https" && hasKey))
        {
            return null;
        }

        return $"{address.OriginalString} is another machine: load goes there by https and with --key alone.";
    }
}

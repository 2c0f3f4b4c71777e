namespace EarlyWarning.Host.Forwarding;

/// <summary>
/// The headers in which a process says how a call that it forwards reached it. They are believed where the connection is one of the suite's
/// processes, and never passed on from a caller.
/// </summary>
internal static class PeerHeaders
{
    /// <summary>The beginning of the name of each.</summary>
    public const string Prefix = "ew-peer-";

    /// <summary>The address from which the caller calls.</summary>
    public const string Address = Prefix + "address";

    /// <summary>The scheme by which it calls.</summary>
    public const string Scheme = Prefix + "scheme";

    /// <summary>By what name it calls, with the port.</summary>
    public const string Host = Prefix + "host";

    /// <summary>The port that serves pages there.</summary>
    public const string Pages = Prefix + "pages";

    /// <summary>
    /// The certificates that its connection has shown, its own first, in base 64 and separated by commas; <see cref="OwnCertificate"/> for
    /// that of the suite's own clients. Absent where it has shown none.
    /// </summary>
    public const string Certificate = Prefix + "certificate";

    /// <summary>Stands for the certificate of the suite's own clients.</summary>
    public const string OwnCertificate = "own";
}

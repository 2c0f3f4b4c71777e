namespace EarlyWarning.Host.Tls;

internal static partial class TlsCertificatesLog
{
    [LoggerMessage(9031, LogLevel.Information, "The certificate {File} is in force, until {Until:yyyy-MM-dd HH:mm} UTC.")]
    public static partial void CertificateLoaded(this ILogger logger, string file, DateTime until);

    [LoggerMessage(
        9032,
        LogLevel.Warning,
        "The certificate's files as they are now are not in force, and the last good ones are: {Problem}"
    )]
    public static partial void CertificateNotLoaded(this ILogger logger, string problem);

    [LoggerMessage(
        9033,
        LogLevel.Warning,
        "{Address} is beyond loopback and serves plain HTTP: keys and observations can be read on the way. Serve HTTPS (--tls-cert, "
            + "--tls-key), or see that only a proxy with TLS reaches it."
    )]
    public static partial void Plain(this ILogger logger, System.Net.IPEndPoint address);
}

using System.Globalization;
using System.Security.Authentication;
using System.Text;
using EarlyWarning.Cli.Output;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Cli.Connection;

/// <summary>Turns an error of the suite or of the way to it into what the user reads and the exit code.</summary>
internal static class Failure
{
    private const double LongestDelay = 3_600;

    public static CliException Of(RpcException error, ConnectionSettings settings)
    {
        if (error.Status.DebugException is CliException own)
        {
            return own;
        }

        var address = settings.Endpoint.OriginalString.TrimEnd('/');
        if (Untrusted(error) is { } untrusted)
        {
            return new($"no safe connection to the suite at {address}: {untrusted.Message}", ExitCode.Unreachable);
        }

        if (IsUnreachable(error))
        {
            var why = SpeaksOtherwise(error, settings.Endpoint)
                ?? $"{CauseOf(error)}. Start it, or give its gRPC address with --endpoint or EW_ENDPOINT.";
            return new($"cannot reach the suite at {address}: {why}", ExitCode.Unreachable);
        }

        return error.StatusCode == StatusCode.DeadlineExceeded
            ? new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the suite at {settings.Endpoint.OriginalString} did not answer within {settings.Timeout.TotalSeconds:0.###} s. See "
                        + $"`ew status`, or give more time with --timeout."
                ),
                ExitCode.Unreachable
            )
            : new(Sentence(error, settings), ExitCode.Failed);
    }

    /// <summary>A line for whoever sees the suite's address beside it.</summary>
    public static string InShort(RpcException error, ConnectionSettings settings) =>
        IsUnreachable(error) ? $"{CauseOf(error)}." : Of(error, settings).Message.Split('\n')[0];

    /// <summary>The error that an operation ended with, as if it were the direct call's.</summary>
    public static CliException Of(Google.Rpc.Status error, ConnectionSettings settings) =>
        new(Sentence(error.ToRpcException(), settings), ExitCode.Failed);

    /// <summary>No answer of the suite: the connection was refused, broke, or something else than the suite answered.</summary>
    public static bool IsUnreachable(RpcException error) =>
        ReasonOf(error) is null
        && (error.StatusCode == StatusCode.Unavailable || error.Status.DebugException is HttpRequestException or IOException);

    /// <summary>The stream broke off: the suite restarts, the way to it broke, or it asks to wait. A new stream may go through.</summary>
    public static bool IsPassing(RpcException error) =>
        Untrusted(error) is null
        && (
            error.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.DeadlineExceeded
            || IsUnreachable(error)
            || DelayOf(error) > TimeSpan.Zero
        );

    /// <summary>For how long the suite asks to wait before the same is sent again, an hour at the most; zero where it does not.</summary>
    public static TimeSpan DelayOf(RpcException error) =>
        DetailOf<RetryInfo>(StatusOf(error))?.RetryDelay is { } delay
            ? TimeSpan.FromSeconds(Math.Clamp(delay.Seconds + (delay.Nanos / 1e9), 0, LongestDelay))
            : TimeSpan.Zero;

    /// <summary>As <see cref="IsPassing(RpcException)"/>; or a stream ended with its token, and a new one gets a new token.</summary>
    public static bool IsPassing(RpcException error, ConnectionSettings settings) =>
        IsPassing(error) || (error.StatusCode == StatusCode.Unauthenticated && settings.TokenCommand is not null);

    /// <summary>The reason of the ErrorInfo, such as UNKNOWN_COUNTRY; nothing where there is none.</summary>
    public static string? ReasonOf(RpcException error) => DetailOf<ErrorInfo>(StatusOf(error))?.Reason;

    // Whatever answers at an address may put anything there; then the error is what its status says.
    private static Google.Rpc.Status? StatusOf(RpcException error)
    {
        try
        {
            return error.GetRpcStatus();
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or FormatException)
        {
            return null;
        }
    }

    private static T? DetailOf<T>(Google.Rpc.Status? status)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return status?.GetDetail<T>();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static UntrustedSuiteException? Untrusted(RpcException error) =>
        Causes(error).OfType<UntrustedSuiteException>().FirstOrDefault();

    private static string CauseOf(RpcException error) => (Causes(error).LastOrDefault()?.Message ?? error.Status.Detail).TrimEnd('.');

    private static IEnumerable<Exception> Causes(RpcException error)
    {
        for (var cause = error.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    /// <summary>Somebody is there, and speaks TLS where we do not, or the other way round.</summary>
    private static string? SpeaksOtherwise(RpcException error, Uri endpoint)
    {
        var secure = endpoint.Scheme == Uri.UriSchemeHttps;
        return secure && Causes(error).Any(cause => cause is AuthenticationException)
                ? $"what listens there does not answer in TLS ({CauseOf(error)}). A suite without TLS is at {TlsTrust.Other(endpoint)}: "
                    + $"give that with --endpoint or EW_ENDPOINT."
            : !secure
            && Causes(error)
                .Any(cause =>
                    cause
                        is HttpRequestException
                        {
                            HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
                        }
                )
                ? $"what listens there does not answer in plain HTTP/2 ({CauseOf(error)}). If it speaks TLS, give "
                    + $"{TlsTrust.Other(endpoint)} with --endpoint or EW_ENDPOINT."
            : null;
    }

    private static string Sentence(RpcException error, ConnectionSettings settings)
    {
        var status = StatusOf(error);
        var message = status?.Message is { Length: > 0 } given ? given : error.Status.Detail;
        var text = new StringBuilder(message.Length > 0 ? message : DisplayText.Label(error.StatusCode));
        var violations = DetailOf<BadRequest>(status)?.FieldViolations ?? [];
        var reason = DetailOf<ErrorInfo>(status)?.Reason ?? DisplayText.Label(error.StatusCode);
        text.Append(violations is [var only] ? $" (field {only.Field}, {reason})" : $" ({reason})");
        if (error.StatusCode == StatusCode.Unauthenticated)
        {
            text.Append(
                settings switch
                {
                    _ when message.Contains("connection has no certificate", StringComparison.Ordinal) =>
                        " Give it with --cert and --key, or EW_CERT and EW_KEY.",
                    { TokenCommand: not null } => " The token is what --token-command, or EW_TOKEN_COMMAND, has printed.",
                    { ApiKey: null } => " This suite asks for a key, and EW_API_KEY is not set.",
                    { ApiKey: var key } when key.Count(c => c == '.') == 2 => " The token is the one in EW_API_KEY.",
                    _ => " The key in EW_API_KEY is not one that this suite knows.",
                }
            );
        }

        foreach (
            var violation in violations.Where(violation =>
                violations.Count > 1 || !message.Contains(violation.Description, StringComparison.Ordinal)
            )
        )
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {violation.Field}: {violation.Description}");
        }

        return text.ToString();
    }
}

using System.Globalization;
using System.Text;
using EarlyWarning.Cli.Output;
using Google.Rpc;
using Grpc.Core;

namespace EarlyWarning.Cli.Connection;

/// <summary>Turns an error of the suite or of the way to it into what the user reads and the exit code.</summary>
internal static class Failure
{
    public static CliException Of(RpcException error, Settings settings) => error.Status.DebugException is CliException own
        ? own
        : IsUnreachable(error)
        ? new(
            $"cannot reach the suite at {settings.Endpoint.OriginalString.TrimEnd('/')}: {CauseOf(error)}. Start it, or give its gRPC address with --endpoint or EW_ENDPOINT.",
            ExitCode.Unreachable)
        : error.StatusCode == StatusCode.DeadlineExceeded
            ? new(
                string.Create(CultureInfo.InvariantCulture, $"the suite at {settings.Endpoint.OriginalString} did not answer within {settings.Timeout.TotalSeconds:0.###} s. See `ew status`, or give more time with --timeout."),
                ExitCode.Unreachable)
            : new(Sentence(error, settings), ExitCode.Failed);

    /// <summary>The error that an operation ended with, as if it were the direct call's.</summary>
    public static CliException Of(Google.Rpc.Status error, Settings settings) => new(Sentence(error.ToRpcException(), settings), ExitCode.Failed);

    /// <summary>No answer of the suite: the connection was refused, broke, or something else than the suite answered.</summary>
    public static bool IsUnreachable(RpcException error)
        => ReasonOf(error) is null && (error.StatusCode == StatusCode.Unavailable || error.Status.DebugException is HttpRequestException or IOException);

    /// <summary>The stream broke off: the suite restarts, or the way to it broke. A new stream may go through.</summary>
    public static bool IsPassing(RpcException error)
        => error.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.DeadlineExceeded || IsUnreachable(error);

    /// <summary>As <see cref="IsPassing(RpcException)"/>; or a stream ended with its token, and a new one gets a new token.</summary>
    public static bool IsPassing(RpcException error, Settings settings)
        => IsPassing(error) || (error.StatusCode == StatusCode.Unauthenticated && settings.TokenCommand is not null);

    /// <summary>The reason of the ErrorInfo, such as UNKNOWN_COUNTRY; nothing where there is none.</summary>
    public static string? ReasonOf(RpcException error) => error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;

    private static string CauseOf(RpcException error)
    {
        Exception? cause = error.Status.DebugException;
        while (cause?.InnerException is { } inner)
        {
            cause = inner;
        }

        return (cause?.Message ?? error.Status.Detail).TrimEnd('.');
    }

    private static string Sentence(RpcException error, Settings settings)
    {
        var status = error.GetRpcStatus();
        var message = status?.Message is { Length: > 0 } given ? given : error.Status.Detail;
        var text = new StringBuilder(message.Length > 0 ? message : Wording.Label(error.StatusCode));
        var violations = status?.GetDetail<BadRequest>()?.FieldViolations ?? [];
        var reason = status?.GetDetail<ErrorInfo>()?.Reason ?? Wording.Label(error.StatusCode);
        text.Append(violations is [var only] ? $" (field {only.Field}, {reason})" : $" ({reason})");
        if (error.StatusCode == StatusCode.Unauthenticated)
        {
            text.Append(settings switch
            {
                { TokenCommand: not null } => " The token is what --token-command, or EW_TOKEN_COMMAND, has printed.",
                { ApiKey: null } => " This suite asks for a key, and EW_API_KEY is not set.",
                { ApiKey: var key } when key.Count(c => c == '.') == 2 => " The token is the one in EW_API_KEY.",
                _ => " The key in EW_API_KEY is not one that this suite knows.",
            });
        }

        foreach (var violation in violations.Where(violation => violations.Count > 1 || !message.Contains(violation.Description, StringComparison.Ordinal)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {violation.Field}: {violation.Description}");
        }

        return text.ToString();
    }
}

using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Intake;

internal static partial class ObservationIntakeLog
{
    [LoggerMessage(3031, LogLevel.Warning, "{Country} did not answer for {Count} observations; their sender is asked to send them again.")]
    public static partial void NoAnswer(this ILogger<ObservationIntake> logger, string country, int count, Exception exception);

    [LoggerMessage(
        3032,
        LogLevel.Error,
        "{Country} answered {Answered} of {Count} observations; their sender is asked to send all of them again."
    )]
    public static partial void IncompleteAnswer(this ILogger<ObservationIntake> logger, string country, int answered, int count);
}

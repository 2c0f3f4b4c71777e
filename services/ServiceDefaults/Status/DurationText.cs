using System.Globalization;

namespace EarlyWarning.ServiceDefaults.Status;

/// <summary>Spans of time in sentences of the status.</summary>
public static class DurationText
{
    /// <summary>As people say it, to two digits or so: 45 seconds, 12 minutes, 5 hours, 3 days.</summary>
    public static string Say(TimeSpan span) =>
        span.Duration() switch
        {
            { TotalDays: >= 2 } time => Count(time.TotalDays, "day"),
            { TotalHours: >= 2 } time => Count(time.TotalHours, "hour"),
            { TotalMinutes: >= 2 } time => Count(time.TotalMinutes, "minute"),
            var time => Count(time.TotalSeconds, "second"),
        };

    private static string Count(double amount, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount:0} {unit}{(Math.Round(amount) == 1 ? "" : "s")}");
}

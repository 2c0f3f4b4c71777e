using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Countries;

/// <content>Log messages.</content>
internal sealed partial class CountryGrain
{
    [LoggerMessage(3001, LogLevel.Error, "{Country} takes nothing in: {Fault}")]
    private partial void LogFaulty(string country, string fault);

    [LoggerMessage(3002, LogLevel.Warning, "{Country} goes on with another writer: {Why}")]
    private partial void LogFenced(string country, string why);

    [LoggerMessage(3003, LogLevel.Warning, "{Country} takes nothing in until the store answers: {Why}")]
    private partial void LogUnavailable(string country, string why);

    [LoggerMessage(3004, LogLevel.Error, "The writer of {Country} failed and opens its journal again")]
    private partial void LogFailed(string country, Exception exception);

    [LoggerMessage(3005, LogLevel.Warning, "{Country} keeps no snapshot this time: {Why}")]
    private partial void LogNoSnapshot(string country, string why);

    [LoggerMessage(3007, LogLevel.Warning, "{Country}: a ranking was not told of a new state")]
    private partial void LogNotReported(string country, Exception exception);
}

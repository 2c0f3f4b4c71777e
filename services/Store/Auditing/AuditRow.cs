using System.Globalization;
using System.Text.Json;

namespace EarlyWarning.Store.Auditing;

/// <summary>An entry of the audit: its text, which is what the chain covers, and what it is looked up by.</summary>
/// <param name="Id">Names it; a second one of the same id is not taken.</param>
/// <param name="At">Its moment, in ticks.</param>
/// <param name="Caller">Who called.</param>
/// <param name="Method">What was called.</param>
/// <param name="Code">How it ended: the name of gRPC's status code.</param>
/// <param name="Text">The whole entry: one line of JSON.</param>
internal sealed record AuditRow(string Id, long At, string Caller, string Method, string Code, string Text)
{
    /// <summary>Reads an entry's text.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static AuditRow Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var time = DateTimeOffset.Parse(Of("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return new(Of("id"), time.UtcTicks, Of("caller"), Of("method"), Of("code"), text);

            string Of(string member) => root.GetProperty(member).GetString()!;
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"An entry of the audit is a line of JSON with id, time, caller, method and code: {exception.Message}",
                nameof(text),
                exception
            );
        }
    }
}

using System.Text.Json;

namespace EarlyWarning.Receiver;

/// <summary>Reads what a webhook brings.</summary>
internal static class Message
{
    /// <summary>The message; <see langword="null"/> where it is none.</summary>
    public static JsonElement? Read(byte[] body)
    {
        try
        {
            var message = JsonElement.Parse(body);
            return
                message.ValueKind == JsonValueKind.Object
                && message.TryGetProperty("data", out var data)
                && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("notification", out var notification)
                && notification.ValueKind == JsonValueKind.Object
                && notification.TryGetProperty("subject", out var subject)
                && subject.ValueKind == JsonValueKind.String
                ? message
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

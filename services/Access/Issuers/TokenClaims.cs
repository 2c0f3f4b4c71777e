using System.Text.Json;

namespace EarlyWarning.Access.Issuers;

/// <summary>What a token says, whose signature was checked. Immutable.</summary>
internal sealed class TokenClaims
{
    private readonly JsonElement _payload;

    private TokenClaims(JsonElement payload) => _payload = payload;

    /// <summary>Gets from when on it is refused; <see langword="null"/> where it does not say.</summary>
    public DateTimeOffset? Expires => Moment("exp");

    /// <summary>Gets before when it is refused; <see langword="null"/> where it does not say.</summary>
    public DateTimeOffset? NotBefore => Moment("nbf");

    /// <summary>Gets the JSON that it was read from.</summary>
    public string Json => _payload.GetRawText();

    /// <summary>Reads the payload of a token.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static TokenClaims Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? new(document.RootElement.Clone())
            : throw new JsonException("It is not an object.");
    }

    /// <summary>A claim that is one text; empty where it is absent or something else.</summary>
    public string Text(string claim) => Find(claim) is { ValueKind: JsonValueKind.String } found ? found.GetString()! : "";

    /// <summary>Whether a claim is a value, or has it among its values.</summary>
    public bool Has(string claim, string value) =>
        Find(claim) is { } found
        && (found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().Any(one => Is(one, value)) : Is(found, value));

    private static bool Is(JsonElement found, string value) =>
        found.ValueKind switch
        {
            JsonValueKind.String => found.ValueEquals(value),
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => found.GetRawText() == value,
            _ => false,
        };

    // Names of claims may be addresses, with dots of their own, so the whole name comes first.
    private JsonElement? Find(string claim)
    {
        if (_payload.TryGetProperty(claim, out var whole))
        {
            return whole;
        }

        var found = _payload;
        foreach (var part in claim.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found))
            {
                return null;
            }
        }

        return found;
    }

    // Seconds may have a fraction; what lies beyond the calendar is its end.
    private DateTimeOffset? Moment(string claim) =>
        Find(claim) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var seconds) && double.IsFinite(seconds)
            ? DateTimeOffset.UnixEpoch.AddSeconds(
                Math.Clamp(seconds, 0, (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).TotalSeconds - 1)
            )
            : null;
}

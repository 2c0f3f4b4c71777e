using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Board.Thresholds;

/// <summary>A change of a threshold, as it is on record.</summary>
/// <param name="Kind">What was done: <c>created</c>, <c>changed</c> or <c>retired</c>.</param>
/// <param name="Entry">Who did it, when and whence.</param>
/// <param name="Threshold">The threshold from then on; <see langword="null"/> where it was retired, and where the record has cut it short.
/// </param>
/// <param name="Note">Why, in the words of who did it; empty where they gave none, or the record has cut them off.</param>
public sealed record ThresholdChange(string Kind, AuditEntry Entry, Threshold? Threshold, string Note)
{
    private static readonly JsonParser s_json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Gets the calls that change a threshold.</summary>
    internal static IReadOnlyList<string> Methods { get; } =
    ["ThresholdService/CreateThreshold", "ThresholdService/UpdateThreshold", "ThresholdService/RetireThreshold"];

    /// <summary>Reads an entry of one of those calls.</summary>
    internal static ThresholdChange Of(AuditEntry entry) =>
        entry.Method[(entry.Method.LastIndexOf('/') + 1)..] switch
        {
            "RetireThreshold" => Of(
                "retired",
                entry,
                Read(RetireThresholdRequest.Parser, entry) is { } retired ? (null, retired.Note) : default
            ),
            "CreateThreshold" => Of(
                "created",
                entry,
                Read(CreateThresholdRequest.Parser, entry) is { } created ? (created.Threshold, created.Note) : default
            ),
            _ => Of(
                "changed",
                entry,
                Read(UpdateThresholdRequest.Parser, entry) is { } changed ? (changed.Threshold, changed.Note) : default
            ),
        };

    private static ThresholdChange Of(string kind, AuditEntry entry, (Threshold? Threshold, string? Note) said) =>
        new(kind, entry, said.Threshold, said.Note ?? "");

    private static T? Read<T>(MessageParser<T> _, AuditEntry entry)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return s_json.Parse<T>(entry.Request);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            // It was longer than what is kept of it.
            return null;
        }
    }
}

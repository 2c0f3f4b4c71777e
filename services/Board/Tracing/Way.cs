using EarlyWarning.Board.Language;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Tracing;

/// <summary>A thing on the way of a warning.</summary>
/// <param name="Kind">Of which kind: observation, breach, case, message, answer or decision.</param>
/// <param name="Id">The id by which the way is asked for from here; empty for an entry of a case, which has none.</param>
/// <param name="Title">What it is called.</param>
/// <param name="About">What is to be known of it at once.</param>
/// <param name="Time">When it was.</param>
/// <param name="Page">The page that tells it whole; empty for none.</param>
internal sealed record Stop(string Kind, string Id, string Title, string About, DateTimeOffset Time, string Page)
{
    /// <summary>Gets what a service says of it in its own words, which are English; empty for nothing.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Gets the address of its way.</summary>
    public string Address => Way.AddressOf(Id);
}

/// <summary>The way of a warning, from what was observed to what was decided, so that it can be walked both ways. Immutable.</summary>
internal sealed class Way
{
    private readonly ILookup<Stop, Stop> _from;
    private readonly ILookup<Stop, Stop> _to;

    public Way(TraceResponse trace)
    {
        var observations = trace.Observations.Select(one => (one, Stop: Of(one))).ToList();
        var breaches = trace.Breaches.Select(one => (one, Stop: Of(one))).ToList();
        var cases = trace.Cases.Select(one => (one, Stop: Of(one))).ToList();
        var messages = trace.Notifications.Select(one => (one, Stop: Of(one))).ToList();
        var entries = trace
            .Cases.SelectMany(one => one.Entries.Where(IsAnswer).Select(entry => (Case: one.Name, Stop: Of(one, entry))))
            .ToList();
        List<(Stop From, Stop To)> links =
        [
            .. from breach in breaches
            from observation in observations
            where
                observation.one.Country == breach.one.Country
                && breach.one.Movements.Any(move => move.ObservationIds.Contains(observation.one.ObservationId))
            select (observation.Stop, breach.Stop),
            .. from of in cases from breach in breaches where of.one.Breaches.Contains(breach.one.Name) select (breach.Stop, of.Stop),
            .. from message in messages from of in cases where message.one.Case == of.one.Name select (of.Stop, message.Stop),
            .. from message in messages
            where message.one.Case.Length == 0
            from breach in breaches
            where message.one.Breach == breach.one.Name
            select (breach.Stop, message.Stop),
            .. from entry in entries from of in cases where entry.Case == of.one.Name select (of.Stop, entry.Stop),
        ];
        (_from, _to) = (links.ToLookup(link => link.To, link => link.From), links.ToLookup(link => link.From, link => link.To));
        Stops =
        [
            .. observations.Select(one => one.Stop),
            .. breaches.Select(one => one.Stop),
            .. cases.Select(one => one.Stop),
            .. messages.Select(one => one.Stop),
            .. entries.Select(one => one.Stop),
        ];
        Sentences = trace.Sentences;
    }

    /// <summary>Gets the kinds, in the order of the way.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["observation", "breach", "case", "message", "answer", "decision"];

    /// <summary>Gets all that is on it.</summary>
    public IReadOnlyList<Stop> Stops { get; }

    /// <summary>Gets what happened, in the suite's words.</summary>
    public IReadOnlyList<string> Sentences { get; }

    /// <summary>What is on it of one kind.</summary>
    public List<Stop> Of(string kind) => [.. Stops.Where(one => one.Kind == kind)];

    /// <summary>What led to a stop.</summary>
    public IEnumerable<Stop> Before(Stop stop) => _from[stop];

    /// <summary>What a stop led to.</summary>
    public IEnumerable<Stop> After(Stop stop) => _to[stop];

    /// <summary>Whether a stop is what was asked for, with or without the part before the slash.</summary>
    public static bool Is(Stop stop, string id) => stop.Id == id || (id.Length > 0 && stop.Id.EndsWith($"/{id}", StringComparison.Ordinal));

    /// <summary>The address of the way of an id.</summary>
    public static string AddressOf(string id) => $"/trace/{string.Join('/', id.Split('/').Select(Uri.EscapeDataString))}";

    private static bool IsAnswer(CaseEntry entry) =>
        entry.Kind
            is CaseEntry.Types.Kind.Acknowledged
                or CaseEntry.Types.Kind.AcknowledgementWithdrawn
                or CaseEntry.Types.Kind.Decided
                or CaseEntry.Types.Kind.StoodDown
                or CaseEntry.Types.Kind.CauseReopened;

    private static Stop Of(Observation one) =>
        new(
            "observation",
            one.ObservationId,
            one.Indicator,
            $"{one.Country} · {Number.Value(one.HasValue ? one.Value : null)} {one.Unit} · {one.Source}",
            At(one.ObservedAt),
            ""
        );

    private static Stop Of(Breach one) =>
        new(
            "breach",
            one.Name,
            one.Threshold?.DisplayName ?? one.Name,
            $"{Land(one.Country, one.CountryName)} · {Named(one.State)}",
            At(one.FireTime),
            ""
        )
        {
            Sentence = one.Sentence,
        };

    private static Stop Of(Case one) =>
        new(
            "case",
            one.Name,
            one.Title,
            $"{Land(one.Country, one.CountryName)} · {Named(one.Severity)} · {Named(one.State)}",
            At(one.OpenTime),
            $"/{one.Name}"
        );

    private static Stop Of(Notification one) =>
        new(
            "message",
            one.Name,
            one.RecipientName.Length > 0 ? one.RecipientName : Say("told.none"),
            Named(one.State),
            At(one.CreateTime),
            one.Case.Length > 0 ? $"/{one.Case}#{one.Name.Replace('/', '-')}" : ""
        )
        {
            Sentence = one.Reason,
        };

    private static Stop Of(Case of, CaseEntry entry) =>
        new(
            entry.Kind is CaseEntry.Types.Kind.Acknowledged or CaseEntry.Types.Kind.AcknowledgementWithdrawn ? "answer" : "decision",
            "",
            entry.Decision == Decision.Unspecified ? Named(entry.Kind) : Named(entry.Decision),
            "",
            At(entry.Time),
            $"/{of.Name}#entry-{entry.Number}"
        )
        {
            Sentence = entry.Text,
        };

    private static DateTimeOffset At(Timestamp? time) => Number.At(time) ?? default;
}

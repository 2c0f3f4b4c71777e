using System.Globalization;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Escalation.Ladder;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>A change of a case in the making. It works on copies; <see cref="Finish"/> gives the case after the change.</summary>
internal sealed partial class CaseDraft(CaseState before, CaseLadder ladder, DateTimeOffset now)
{
    /// <summary>The actor of what no person did.</summary>
    public const string Suite = "suite";

    private readonly V1.Case _case = before.Head.Clone();
    private readonly List<V1.CaseEntry> _added = [];
    private readonly CaseInternals _internals = before.Internals.Clone();
    private readonly Timestamp _now = now.ToTimestamp();

    /// <summary>The case after the change.</summary>
    public CaseState Finish()
    {
        _case.Sequence++;
        _case.Etag = _case.Sequence.ToString(CultureInfo.InvariantCulture);
        return new(_case, before.Entries.AddRange(_added), _marks, _internals);
    }

    /// <summary>Adds what became of a notification.</summary>
    public void AddOutcome(V1.CaseEntry outcome) => _added.Add(outcome);

    private V1.CaseEntry Add(Kind kind, string text, int step = 0, string resource = "", string actor = Suite, bool verified = false)
    {
        var entry = new V1.CaseEntry
        {
            Time = _now,
            Kind = kind,
            Text = text,
            Step = step,
            Resource = resource,
            Actor = actor,
            ActorVerified = verified,
        };
        _added.Add(entry);
        return entry;
    }

    private static string Say(DateTimeOffset time) => time.ToUniversalTime().ToString("d MMMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static bool IsUndecided(State state) => state is State.AwaitingAcknowledgement or State.AwaitingDecision;
}

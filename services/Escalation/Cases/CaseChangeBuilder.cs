using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using static EarlyWarning.V1.Case.Types;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Cases;

/// <summary>A change of a case in the making. It works on copies; <see cref="Finish"/> gives the change.</summary>
internal sealed partial class CaseChangeBuilder(CaseState before, CaseContext context)
{
    /// <summary>The actor of what no person did.</summary>
    public const string Suite = "suite";

    private readonly V1.Case _case = before.Head.Clone();
    private readonly CaseInternals _internals = before.Internals.Clone();
    private readonly List<V1.CaseEntry> _entries = [];
    private readonly List<StepNotice> _news = [];
    private readonly HashSet<int> _unaddressed =
    [
        .. before.Internals.Climbs.Where(climb => climb.Unaddressed).Select(climb => climb.Number),
    ];
    private readonly HashSet<int> _unaddressedCause =
    [
        .. before.Internals.Climbs.Where(climb => climb.UnaddressedCause).Select(climb => climb.Number),
    ];
    private readonly Timestamp _now = context.Now.ToTimestamp();

    /// <summary>The change.</summary>
    public CaseChange Finish()
    {
        BeginForTheNoted();
        Close();
        SettleClimbs();
        Summarise();
        _case.Sequence++;
        _case.Etag = _case.Sequence.ToString(CultureInfo.InvariantCulture);
        foreach (var entry in _entries)
        {
            entry.Number = ++_case.EntryCount;
        }

        return new(before, new(_case, _internals), _entries, _news);
    }

    /// <summary>Adds what became of a notification, and counts it at its step where it was one that asks for an answer.</summary>
    public void AddOutcome(V1.CaseEntry outcome, bool asks)
    {
        _entries.Add(outcome);
        if (!asks)
        {
            return;
        }

        foreach (var climb in _case.Climbs.Where(climb => outcome.Step > 0 && outcome.Climb == climb.Number))
        {
            if (climb.Steps.FirstOrDefault(step => step.Number == outcome.Step && step.AskTime is not null) is { } step)
            {
                step.Told += outcome.Kind == Kind.Told ? 1 : 0;
                step.NotTold += outcome.Kind == Kind.NotTold ? 1 : 0;
            }
        }
    }

    private V1.CaseEntry Add(
        Kind kind,
        string text,
        int step = 0,
        string resource = "",
        V1.Climb? climb = null,
        IEnumerable<string>? causes = null
    )
    {
        var entry = new V1.CaseEntry
        {
            Time = _now,
            Kind = kind,
            Text = text,
            Step = step,
            Resource = resource,
            Actor = Suite,
            Climb = climb?.Number ?? 0,
            Causes = { causes ?? climb?.Causes ?? [] },
        };
        _entries.Add(entry);
        return entry;
    }

    private ClimbInternals InternalsOf(V1.Climb climb) => _internals.Climbs.First(one => one.Number == climb.Number);

    private CauseInternals InternalsOf(V1.Cause cause) => _internals.Causes.First(one => one.Id == cause.Id);

    /// <summary>Ends the case with its last cause.</summary>
    private void Close()
    {
        if (_case.CloseTime is null && _case.Causes.Count > 0 && _case.Causes.All(cause => cause.CloseTime is not null))
        {
            _case.CloseTime = _now;
        }
    }

    private void Summarise()
    {
        foreach (var climb in _case.Climbs)
        {
            foreach (var cause in _case.Causes.Where(cause => climb.Causes.Contains(cause.Id)))
            {
                (cause.State, cause.Climb) = (climb.State, climb.Number);
            }
        }

        var causes = _case
            .Causes.OrderBy(cause => cause.CloseTime is null ? 0 : 1)
            .ThenByDescending(cause => cause.Severity)
            .ThenByDescending(cause => InternalsOf(cause).NewestFire)
            .ThenBy(cause => cause.Id, StringComparer.Ordinal)
            .ToList();
        var climbs = _case.Climbs.OrderByDescending(climb => climb.Severity).ThenBy(climb => climb.Number).ToList();
        var open = causes.Where(cause => cause.CloseTime is null).ToList();
        var counted = open.Count > 0 ? open : causes;
        var next = climbs.Where(climb => climb.DueTime is not null).MinBy(climb => climb.DueTime);
        _case.Causes.Clear();
        _case.Causes.Add(causes);
        _case.Climbs.Clear();
        _case.Climbs.Add(climbs);
        (_case.Title, _case.Sentence) = (causes[0].Title, causes[0].Sentence);
        _case.Severity = counted.Max(cause => cause.Severity);
        _case.Firing = causes.Exists(cause => cause.Firing);
        _case.BreachCount = causes.Sum(cause => cause.BreachCount);
        (_case.DueTime, _case.Due) = (next?.DueTime, next?.Due ?? "");
        _case.State = StateOf(open, causes);
    }

    private static State StateOf(List<V1.Cause> open, List<V1.Cause> all) =>
        open.Count == 0
            ? all.Exists(cause => cause.State == State.StoodDown)
                ? State.StoodDown
                : State.Ended
            : open.Exists(cause => cause.State == State.Exhausted)
                ? State.Exhausted
                : open.Exists(cause => cause.State == State.AwaitingAcknowledgement)
                    ? State.AwaitingAcknowledgement
                    : open.Exists(cause => cause.State is State.AwaitingDecision or State.Noted)
                        ? State.AwaitingDecision
                        : State.Decided;

    private static string Say(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("d MMMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

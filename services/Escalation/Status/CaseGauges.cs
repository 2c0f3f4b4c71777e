using EarlyWarning.Escalation.Cases;
using EarlyWarning.ServiceDefaults.Status;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Status;

/// <summary>How the cases stand, as gauges. Pure.</summary>
internal static class CaseGauges
{
    private static readonly Gauge s_open = new("earlywarning.escalation.cases.open", "{case}", "Open cases.");
    private static readonly Gauge s_overdue = new(
        "earlywarning.escalation.cases.overdue",
        "{case}",
        "Open cases with a step that should have answered."
    );
    private static readonly Gauge s_age = new(
        "earlywarning.escalation.cases.overdue.age",
        "s",
        "For how long the longest answer is overdue."
    );
    private static readonly Gauge s_exhausted = new(
        "earlywarning.escalation.cases.exhausted",
        "{case}",
        "Open cases whose ladder has no further step."
    );
    private static readonly Gauge s_unaddressed = new(
        "earlywarning.escalation.steps.unaddressed",
        "{step}",
        "Steps of open cases with nobody to ask."
    );
    private static readonly Gauge s_stuck = new(
        "earlywarning.escalation.cases.stuck",
        "{case}",
        "Open cases that were due to climb and did not."
    );

    public static IReadOnlyList<Gauge> All { get; } = [s_open, s_overdue, s_age, s_exhausted, s_unaddressed, s_stuck];

    public static IReadOnlyList<GaugeValue> Of(IReadOnlyList<CaseState> open, DateTimeOffset now) =>
        [
            s_open.Is(open.Count),
            s_overdue.Is(Count(open, climb => CaseStatus.Late(climb, now).Any())),
            s_age.Age(
                open.SelectMany(Climbs)
                    .SelectMany(climb => CaseStatus.Late(climb, now))
                    .Min(step => step.AcknowledgeDueTime?.ToDateTimeOffset()),
                now
            ),
            s_exhausted.Is(Count(open, climb => climb.State == State.Exhausted)),
            s_unaddressed.Is(open.SelectMany(Climbs).Where(IsOpen).Sum(climb => CaseState.Unaddressed(climb).Count())),
            s_stuck.Is(Count(open, climb => CaseStatus.Stuck(climb, now) is not null)),
        ];

    private static int Count(IReadOnlyList<CaseState> open, Func<V1.Climb, bool> has) => open.Count(state => Climbs(state).Any(has));

    private static IEnumerable<V1.Climb> Climbs(CaseState state) => state.Head.Climbs;

    // An exhausted climb is asked for still; one that was decided, acknowledged or closed is not.
    private static bool IsOpen(V1.Climb climb) => climb.State is State.AwaitingAcknowledgement or State.AwaitingDecision or State.Exhausted;
}

using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Clocks;

namespace EarlyWarning.Indicators.Intake;

/// <content>What is said of an item by the clocks.</content>
internal sealed partial class BatchValidator
{
    /// <summary>
    /// Notes of each source how far the newest of what it sent leads our time. A backfill says nothing of its sender's clock.
    /// </summary>
    private void HearSources(IReadOnlyList<V1.Observation> items, ReadOnlySpan<V1.Outcome> outcomes, List<int>? ahead, DateTimeOffset now)
    {
        var (source, newest) = ("", long.MinValue);
        var next = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var isAhead = ahead is not null && next < ahead.Count && ahead[next] == i;
            next += isAhead ? 1 : 0;
            if (outcomes[i] == V1.Outcome.Rejected && !isAhead)
            {
                continue;
            }

            // Nearly always all items of a batch are of one source.
            if (items[i].Source != source)
            {
                Hear();
                (source, newest) = (items[i].Source, long.MinValue);
            }

            newest = Math.Max(newest, items[i].ObservedAt.Seconds);
        }

        Hear();

        void Hear()
        {
            if (newest != long.MinValue)
            {
                sources.Hear(source, Lead(newest, now), limits.MaxClockLead);
            }
        }
    }

    /// <summary>Refuses the items that lie ahead, or asks for them again.</summary>
    private void JudgeAhead(
        IReadOnlyList<V1.Observation> items,
        List<int> ahead,
        SourceSurvey survey,
        DateTimeOffset now,
        BatchAnswer answer
    )
    {
        var rule = new FutureRule(survey, clock.StoreLead(), limits.MaxClockLead);
        foreach (var index in ahead)
        {
            var item = items[index];
            var again = rule.IsToBeSentAgain(Lead(item.ObservedAt.Seconds, now), sources.AheadFor(item.Source));
            if (again)
            {
                Add(answer, index, V1.Outcome.Retry, ObservationRefusals.ClockDiffers(item, rule, now));
            }
            else
            {
                Refuse(answer, index, [ObservationRefusals.InFuture(item.ObservedAt, now)]);
            }
        }

        answer.Problems.Sort(static (a, b) => a.Index.CompareTo(b.Index));
    }

    /// <summary>While no time is certain, nothing is taken that would be dated by it.</summary>
    private static void AskAgain(BatchAnswer answer, int index, ClockDoubt doubt, DateTimeOffset now) =>
        Add(
            answer,
            index,
            V1.Outcome.Retry,
            new(
                V1.ErrorReason.ClockDiffers,
                "",
                FormattableString.Invariant($"Our clocks disagree, and the observation is not recorded; our time is {now:u}. {doubt.Text} ")
                    + "Send the same again, with back-off."
            )
        );

    private static void Add(BatchAnswer answer, int index, V1.Outcome outcome, in ItemFault fault)
    {
        answer.Outcomes[index] = outcome;
        var problem = BatchAnswer.Problem(index, Fault.NameOf(fault.Reason), fault.Field, fault.Message);
        foreach (var (key, value) in fault.Values)
        {
            problem.Metadata[key] = Trailers.Echo(value);
        }

        answer.Problems.Add(problem);
    }

    private static TimeSpan Lead(long seconds, DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds(seconds) - now;
}

using System.Globalization;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.Store.Clocks;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// Checks a batch before its items go to their countries: each by itself, by the clocks, and all beside each other. Thread-safe.
/// </summary>
internal sealed partial class BatchValidator(
    ICatalogue catalogue,
    Suite suite,
    IntakeLimits limits,
    IntakeMetrics metrics,
    SuiteClock clock,
    SourceClocks sources
)
{
    private readonly Countries _countries = Countries.For(suite.Exercise);

    /// <summary>Gets the countries that this suite knows.</summary>
    public Countries Countries => _countries;

    /// <summary>Checks a batch, and answers what is refused or to be sent again; the rest has no outcome yet.</summary>
    /// <param name="items">The items.</param>
    /// <param name="backfill">They are history.</param>
    /// <param name="validateOnly">They are checked alone.</param>
    /// <param name="granted">The countries that they may concern; <see langword="null"/> for all.</param>
    /// <exception cref="Grpc.Core.RpcException">There are none, or more than the limit; or the catalogue is not read yet.</exception>
    public BatchAnswer Check(IReadOnlyList<V1.Observation> items, bool backfill, bool validateOnly, IReadOnlySet<string>? granted)
    {
        if (items.Count == 0)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "observations", "There are no observations. Send at least one.");
        }

        if (items.Count > limits.MaxBatchItems)
        {
            throw Fault.Field(
                V1.ErrorReason.BatchTooLarge,
                "observations",
                $"There are {items.Count} observations, and a batch may have {limits.MaxBatchItems}. Nothing was recorded. Send smaller "
                    + $"batches.",
                Grpc.Core.StatusCode.InvalidArgument,
                ("given", items.Count.ToString(CultureInfo.InvariantCulture)),
                ("limit", limits.MaxBatchItems.ToString(CultureInfo.InvariantCulture))
            );
        }

        if (catalogue.Current.Revision == 0)
        {
            // Just after a start nothing is known yet: a refusal for good would throw away what is right.
            throw Fault.Of(
                Grpc.Core.StatusCode.Unavailable,
                V1.ErrorReason.StoreUnavailable,
                "The catalogue is still being read. Nothing was recorded. Send the same again, with back-off."
            );
        }

        var answer = new BatchAnswer(new V1.Outcome[items.Count], [], [], [], []);
        Validate(items, backfill, validateOnly, granted, answer);
        RefuseContradicted(items, answer);
        return answer;
    }

    private void Validate(
        IReadOnlyList<V1.Observation> items,
        bool backfill,
        bool validateOnly,
        IReadOnlySet<string>? granted,
        BatchAnswer answer
    )
    {
        var (now, doubt) = clock.Read();
        var rules = new ObservationRules(catalogue.Current, _countries, granted, now, limits.MaxClockLead, backfill);
        List<int>? ahead = null;
        for (var i = 0; i < items.Count; i++)
        {
            var faults = rules.Check(items[i]);
            if (doubt is not null && !validateOnly && IsAheadAtMost(faults))
            {
                AskAgain(answer, i, doubt, now);
            }
            else if (faults is not null && !backfill && IsAheadAtMost(faults))
            {
                // Whether that is the sender's fault is seen when all have been heard; until then it is out of the way.
                (ahead ??= []).Add(i);
                answer.Outcomes[i] = V1.Outcome.Rejected;
            }
            else if (faults is not null)
            {
                Refuse(answer, i, faults);
            }
        }

        if (!backfill && !validateOnly)
        {
            HearSources(items, answer.Outcomes, ahead, now);
        }

        if (ahead is null && doubt is null)
        {
            return;
        }

        var survey = sources.Survey(limits.MaxClockLead);
        clock.HearSources(survey.Difference);
        JudgeAhead(items, ahead ?? [], survey, now, answer);
    }

    private void Refuse(BatchAnswer answer, int index, List<ItemFault> faults)
    {
        foreach (var fault in faults)
        {
            Add(answer, index, V1.Outcome.Rejected, fault);
            metrics.Refused(fault.Reason);
        }
    }

    private static bool IsAheadAtMost(List<ItemFault>? faults) => faults is null or [{ Reason: V1.ErrorReason.ObservedInFuture }];

    private void RefuseContradicted(IReadOnlyList<V1.Observation> items, BatchAnswer answer)
    {
        if (Contradictions.Find(items, answer.Outcomes) is not { } contradicted)
        {
            return;
        }

        foreach (var (index, contradiction) in contradicted)
        {
            var reason = contradiction.SameId ? V1.ErrorReason.ObservationIdReused : V1.ErrorReason.ContradictingItems;
            answer.Outcomes[index] = V1.Outcome.Rejected;
            answer.Problems.Add(
                BatchAnswer.Problem(index, Fault.NameOf(reason), contradiction.SameId ? "observation_id" : "value", contradiction.Message)
            );
            metrics.Refused(reason);
        }

        answer.Problems.Sort(static (a, b) => a.Index.CompareTo(b.Index));
    }
}

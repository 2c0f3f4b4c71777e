using System.Globalization;
using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Indicators.Intake.Clocks;
using EarlyWarning.Indicators.Intake.Sources;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// Takes a batch in: checks each item, hands the valid ones to their countries at the same time, and answers each item in the order of the
/// request. Thread-safe.
/// </summary>
internal sealed partial class ObservationIntake(
    ICatalogue catalogue,
    IGrainFactory grains,
    Suite suite,
    IntakeLimits limits,
    IntakeMetrics metrics,
    SuiteClock clock,
    SourceClocks sources,
    SourceAges ages,
    ILogger<ObservationIntake> logger
)
{
    private readonly Countries _countries = Countries.For(suite.Exercise);

    /// <summary>Gets the countries that this suite knows.</summary>
    public Countries Countries => _countries;

    /// <summary>Takes a batch in.</summary>
    /// <param name="items">The items, which are the intake's from here on.</param>
    /// <param name="backfill">They are history.</param>
    /// <param name="validateOnly">They are checked alone.</param>
    /// <param name="granted">The countries that they may concern; <see langword="null"/> for all.</param>
    /// <exception cref="Grpc.Core.RpcException">There are none, or more than the limit; or the catalogue is not read yet.</exception>
    public Task<BatchAnswer> RecordAsync(
        IReadOnlyList<V1.Observation> items,
        bool backfill,
        bool validateOnly,
        IReadOnlySet<string>? granted = null
    )
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
        return validateOnly ? Task.FromResult(answer) : HandOutAsync(CountryGroups.Of(items, answer.Outcomes), backfill, answer);
    }

    private void Validate(
        IReadOnlyList<V1.Observation> items,
        bool backfill,
        bool validateOnly,
        IReadOnlySet<string>? granted,
        BatchAnswer answer
    )
    {
        var (now, doubt) = clock.Look();
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
                Problem(index, Fault.NameOf(reason), contradiction.SameId ? "observation_id" : "value", contradiction.Message)
            );
            metrics.Refused(reason);
        }

        answer.Problems.Sort(static (a, b) => a.Index.CompareTo(b.Index));
    }

    private async Task<BatchAnswer> HandOutAsync(CountryGroups groups, bool backfill, BatchAnswer answer)
    {
        var started = clock.GetTimestamp();
        metrics.Started();
        var calls = new Task<IntakeAnswer?>[groups.All.Length];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = CallAsync(groups.All[i], backfill);
        }

        var answers = await Task.WhenAll(calls);
        var refusedHere = answer.Problems.Count;
        for (var i = 0; i < answers.Length; i++)
        {
            Merge(groups.All[i], answers[i], answer);
            if (!backfill)
            {
                ages.Note(groups.All[i], answer.Outcomes);
            }
        }

        if (answer.Problems.Count > refusedHere)
        {
            answer.Problems.Sort(static (a, b) => a.Index.CompareTo(b.Index));
        }

        answer.NotCurrent.Sort();
        answer.Late.Sort();
        metrics.Answered(IntakeTally.Of(answer.Outcomes));
        metrics.Finished(clock.GetElapsedTime(started));
        return answer;
    }

    // Whatever goes wrong with one country, the others are answered for.
    private async Task<IntakeAnswer?> CallAsync(CountryGroup group, bool backfill)
    {
        try
        {
            var answer = await grains.GetGrain<ICountryGrain>(group.Country).RecordAsync(new(group.Items, backfill));
            if (answer.Outcomes.Count == group.Items.Length)
            {
                return answer;
            }

            logger.IncompleteAnswer(group.Country, answer.Outcomes.Count, group.Items.Length);
        }
        catch (Exception exception)
        {
            logger.NoAnswer(group.Country, group.Items.Length, exception);
        }

        return null;
    }

    private static void Merge(CountryGroup group, IntakeAnswer? given, BatchAnswer answer)
    {
        for (var i = 0; i < group.Indices.Length; i++)
        {
            answer.Outcomes[group.Indices[i]] = given?.Outcomes[i] ?? V1.Outcome.Retry;
        }

        if (given is null)
        {
            foreach (var index in group.Indices)
            {
                answer.Problems.Add(
                    Problem(
                        index,
                        Fault.NameOf(V1.ErrorReason.StoreUnavailable),
                        "",
                        $"{group.Country} did not answer, so the item may or may not be recorded. Send the same again, with back-off."
                    )
                );
            }

            return;
        }

        foreach (var problem in given.Problems)
        {
            answer.Problems.Add(Problem(group.Indices[problem.Index], problem.Reason, problem.Field, problem.Message));
        }

        answer.NotCurrent.AddRange(given.NotCurrent.Select(index => group.Indices[index]));
        answer.Late.AddRange(given.Late.Select(index => group.Indices[index]));
        answer.Revisions.Add(new V1.CountryRevision { Country = group.Country, Revision = given.Revision });
    }

    private static V1.ItemProblem Problem(int index, string reason, string field, string message) =>
        new()
        {
            Index = index,
            Reason = reason,
            Field = string.Create(CultureInfo.InvariantCulture, $"observations[{index}]{(field.Length > 0 ? "." : "")}{field}"),
            Message = message,
        };
}

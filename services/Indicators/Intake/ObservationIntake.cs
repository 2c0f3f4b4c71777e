using System.Collections.Concurrent;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Indicators.Intake.Sources;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Intake;

/// <summary>
/// Takes a batch in: checks each item, hands the valid ones to their countries at the same time, and answers each item in the order of the
/// request. Thread-safe.
/// </summary>
internal sealed partial class ObservationIntake(
    BatchValidator validator,
    IGrainFactory grains,
    IntakeMetrics metrics,
    SuiteClock clock,
    SourceAges ages,
    ILogger<ObservationIntake> logger
)
{
    /// <summary>Kept, since Orleans reads its interface's attributes for each anew: a thirtieth of one observation's time.</summary>
    private readonly ConcurrentDictionary<string, ICountryGrain> _grains = new(StringComparer.Ordinal);

    /// <summary>Gets the countries that this suite knows.</summary>
    public Countries Countries => validator.Countries;

    /// <summary>Gets when each source was heard last.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Sources => ages.Newest;

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
        var answer = validator.Check(items, backfill, validateOnly, granted);
        return validateOnly ? Task.FromResult(answer) : HandOutAsync(CountryGroups.Of(items, answer.Outcomes), backfill, answer);
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
                ages.Note(groups.All[i].Items, groups.All[i].Indices, answer.Outcomes);
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
            var answer = await GrainOf(group.Country).RecordAsync(new(group.Items, backfill));
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

    private ICountryGrain GrainOf(string country) =>
        _grains.GetOrAdd(country, static (code, grains) => grains.GetGrain<ICountryGrain>(code), grains);

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
                    BatchAnswer.Problem(
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
            answer.Problems.Add(BatchAnswer.Problem(group.Indices[problem.Index], problem.Reason, problem.Field, problem.Message));
        }

        answer.NotCurrent.AddRange(given.NotCurrent.Select(index => group.Indices[index]));
        answer.Late.AddRange(given.Late.Select(index => group.Indices[index]));
        answer.Revisions.Add(new V1.CountryRevision { Country = group.Country, Revision = given.Revision });
    }
}

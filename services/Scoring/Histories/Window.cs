using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Histories;

/// <summary>A part of the suite's history: regular moments, and whether each is seen as it was known then.</summary>
/// <param name="Times">The moments, rising.</param>
/// <param name="Validity">How long an observation counts, where the framework does not say.</param>
/// <param name="WithHindsight">Takes what is known today of each moment.</param>
/// <param name="Countries">The countries; empty for all with data.</param>
internal sealed record Window(IReadOnlyList<DateTimeOffset> Times, TimeSpan Validity, bool WithHindsight, IReadOnlyList<string> Countries)
{
    private const int MostTimes = 2_000;
    private const int LongestStep = 120;
    private static readonly TimeSpan s_standardValidity = TimeSpan.FromDays(400);

    /// <summary>Reads the window of a request.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public static Window Of(V1.HistoryWindow window, string field, CountryChoice countries)
    {
        var from = RequestValues.Required(window.From, $"{field}.from");
        var until = RequestValues.Required(window.Until, $"{field}.until");
        if (until < from)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.until", "The window ends before it begins. Give a later end.");
        }

        var step = RequestValues.Count(window.StepMonths, 12, 1, LongestStep, $"{field}.step_months");
        var times = Moments(from, until, step).Take(MostTimes + 1).ToArray();
        if (times.Length > MostTimes)
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                $"{field}.step_months",
                $"The window has more than {MostTimes} moments. Give a longer step or a shorter window."
            );
        }

        return new(
            times,
            RequestValues.Span(window.Validity, s_standardValidity, $"{field}.validity"),
            window.WithHindsight,
            countries.Named(window.Countries, $"{field}.countries")
        );
    }

    /// <summary>
    /// Steps are counted from the first moment, so that the end of January is followed by the end of February and then of March.
    /// </summary>
    private static IEnumerable<DateTimeOffset> Moments(DateTimeOffset from, DateTimeOffset until, int step)
    {
        for (var i = 0; ; i++)
        {
            DateTimeOffset next;
            try
            {
                next = from.AddMonths(i * step);
            }
            catch (ArgumentOutOfRangeException)
            {
                yield break;
            }

            if (next > until)
            {
                yield break;
            }

            yield return next;
        }
    }
}

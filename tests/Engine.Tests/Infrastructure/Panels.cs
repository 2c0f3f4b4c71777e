using EarlyWarning.Scoring.Engine.Evaluation.Backtesting;
using EarlyWarning.Scoring.Engine.Fitting.Tables;
using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Engine.Tests.Infrastructure;

/// <summary>A made-up history: 20 countries over 30 years, with an onset in the next year where tension is high, as a rule.</summary>
internal static class Panels
{
    public static Panel History(int lead = 1, Func<PanelRow, PanelRow>? change = null)
    {
        var generator = new SplitMix64(11);
        var rows = new List<PanelRow>();
        for (var year = 2000; year < 2030; year++)
        {
            for (var country = 0; country < 20; country++)
            {
                var draw = (ulong)(((year * 20) + country) * 4);
                var tension = (country % 5) + (4 * Uniform(generator, draw));
                var income = Uniform(generator, draw + 1);
                var risk = 1 / (1 + Math.Exp(5 - tension));
                var row = new PanelRow(
                    $"c{country:00}",
                    year,
                    [tension, Uniform(generator, draw + 2) < 0.1 ? double.NaN : income],
                    year + lead >= 2030 ? null : Uniform(generator, draw + 3) < risk
                );
                rows.Add(change?.Invoke(row) ?? row);
            }
        }

        return new Panel(new OutcomeColumns("onset_next"), lead, ["tension", "income"], rows);
    }

    private static double Uniform(SplitMix64 generator, ulong draw) => (generator.At(draw) >> 11) / (double)(1UL << 53);
}

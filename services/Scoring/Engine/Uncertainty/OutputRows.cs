using System.Collections.Immutable;
using EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

namespace EarlyWarning.Scoring.Engine.Uncertainty;

/// <summary>The outputs of a design, row after row.</summary>
internal sealed class OutputRows
{
    private readonly SensitivityOutput[] _outputs;
    private readonly int[] _countries;
    private readonly int[] _nominal;
    private readonly int _samples;
    private readonly bool _ranks;

    public OutputRows(DrawModel model, ImmutableArray<CountryValues> countries, SensitivityOptions options)
    {
        _outputs = [.. options.Outputs];
        _samples = options.Sobol.Samples;
        _ranks = _outputs.Any(output => output.Kind != SensitivityOutputKind.Score);
        _countries = [.. _outputs.Select(output => countries.Select(country => country.Country).ToList().IndexOf(output.Country ?? ""))];
        Values = [.. _outputs.Select(_ => new double[(options.Factors.Length + 2) * _samples])];
        var ranking = new CountryRanker(countries.Length);
        for (var country = 0; country < countries.Length; country++)
            (ranking.Scores[country], ranking.Levels[country]) = (
                model.Countries[country].Nominal ?? double.NaN,
                model.Countries[country].Level
            );
        ranking.Run();
        _nominal = ranking.Ranks;
    }

    /// <summary>Gets, by output, a value a point, row after row; NaN where there is none.</summary>
    public double[][] Values { get; }

    /// <summary>Adds the draws of a block.</summary>
    /// <param name="row">The row of the design.</param>
    /// <param name="drawn">The draws.</param>
    /// <param name="workspace">The memory of the thread.</param>
    /// <param name="first">The first draw.</param>
    /// <param name="end">The draw after the last.</param>
    public void Add(int row, DrawnScores drawn, Workspace workspace, int first, int end)
    {
        var ranking = workspace.Ranking;
        for (var draw = first; draw < end; draw++)
        {
            if (_ranks)
            {
                ranking.Take(drawn, draw);
                ranking.Run();
            }

            for (var i = 0; i < _outputs.Length; i++)
            {
                Values[i][(row * _samples) + draw] = _outputs[i].Kind switch
                {
                    SensitivityOutputKind.Score => drawn.Scores[_countries[i]][draw],
                    SensitivityOutputKind.Rank => ranking.Ranks[_countries[i]] is var rank && rank > 0 ? rank : double.NaN,
                    _ => MeanShift(ranking.Ranks),
                };
            }
        }
    }

    /// <summary>Over the countries that have both ranks.</summary>
    private double MeanShift(int[] ranks)
    {
        var (sum, count) = (0, 0);
        for (var country = 0; country < ranks.Length; country++)
        {
            if (ranks[country] == 0 || _nominal[country] == 0)
                continue;
            sum += Math.Abs(ranks[country] - _nominal[country]);
            count++;
        }

        return count == 0 ? double.NaN : (double)sum / count;
    }
}

using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Benchmarks.Uncertainty;

/// <summary>
/// The same numbers from the same generator and the same arithmetic on them, and nothing else: no tree but this one, plain loops over
/// arrays of draws.
/// </summary>
internal sealed class BareDraws(bool geometric, double[] values, double error, ulong owner)
{
    private const int Block = 128;

    private readonly double[] _leaf = new double[Block];
    private readonly double[] _pillar = new double[Block];
    private readonly double[] _half = new double[Block];
    private readonly double[] _whole = new double[Block];
    private readonly double[] _tail = new double[Block + 8];
    private readonly byte[] _masks = new byte[Block / 8];

    public void Run(ulong key, double[] scores)
    {
        for (var first = 0; first < scores.Length; first += Block)
            Run(key, first, scores.AsSpan(first, Block));
    }

    private void Run(ulong key, int first, Span<double> scores)
    {
        var leaf = 0;
        Array.Clear(_whole);
        for (var half = 0; half < 2; half++)
        {
            var (from, to) = half == 0 ? (0, 5) : (5, 8);
            Array.Clear(_half);
            for (var pillar = from; pillar < to; pillar++)
            {
                Array.Clear(_pillar);
                var total = 0.0;
                for (var end = leaf + AsemSubject.Pillars[pillar]; leaf < end; leaf++)
                {
                    var weight = AsemSubject.WeightOf(leaf);
                    Draw(key, leaf, first);
                    for (var i = 0; i < Block; i++)
                        _pillar[i] += weight * _leaf[i];
                    total += weight;
                }

                for (var i = 0; i < Block; i++)
                    _half[i] += Term(Score(_pillar[i] / total));
            }

            for (var i = 0; i < Block; i++)
                _whole[i] += Term(Score(_half[i] / (to - from)));
        }

        for (var i = 0; i < Block; i++)
            scores[i] = Score(_whole[i] / 2);
    }

    private void Draw(ulong key, int leaf, int first)
    {
        new RandomStream(key, (uint)leaf, owner, 0).Fill(_leaf, first);
        NormalQuantile.Apply(_leaf, _tail, _masks);
        for (var i = 0; i < Block; i++)
            _leaf[i] = Term(1 + (99 * Math.Clamp((values[leaf] + (error * _leaf[i])) / 10, 0, 1)));
    }

    private double Term(double score) => geometric ? Math.Log(score) : score;

    private double Score(double mean) => geometric ? Math.Exp(mean) : mean;
}

using EarlyWarning.Scoring.Engine.Attribution;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;

namespace EarlyWarning.Scoring.Engine.Explanation;

/// <summary>
/// Shapley values of a regression's probability itself, through its curve, its calibration and the mean of an ensemble: each predictor's
/// part is the mean of what its value adds to the probability over all orders in which the predictors could leave their stated values. They
/// differ from
/// <see cref="ScoreState.Contributions(Span{double})"/>, which are shares of the log-odds, scaled to the probability. Source: S. M.
/// Lundberg and S.-I. Lee, "A Unified Approach to Interpreting Model Predictions" (2017).
/// </summary>
public static class ProbabilityShares
{
    /// <summary>
    /// Shares the difference between a state's probability and that of every predictor at its stated value, or at 0 without one.
    /// </summary>
    /// <param name="state">The state of a regression or an ensemble, updated. It is not changed.</param>
    /// <param name="perLeaf">Filled by leaf number; all 0 without a score. Predictors without a value have 0.</param>
    /// <param name="standardErrors">Filled by leaf number: 0 up to 16 predictors with a value, above that sampled. Empty for none.</param>
    /// <exception cref="ArgumentException">The framework is no regression, or there is too little room.</exception>
    public static void Of(ScoreState state, Span<double> perLeaf, Span<double> standardErrors = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var defaults = Defaults(state.Framework.Model);
        var leaves = state.Framework.Leaves;
        if (perLeaf.Length < leaves.Length || (!standardErrors.IsEmpty && standardErrors.Length < leaves.Length))
            throw new ArgumentException($"There are {leaves.Length} leaves and less room.", nameof(perLeaf));
        perLeaf.Clear();
        standardErrors.Clear();
        if (state.Score is null)
            return;
        var game = new ProbabilityGame(state, leaf => defaults.GetValueOrDefault(leaves[leaf].Indicator));
        var players = game.Players;
        var (shares, errors) = (new double[players.Count], new double[players.Count]);
        Shapley.Share(ref game, players.Count, shares, errors);
        for (var i = 0; i < players.Count; i++)
        {
            perLeaf[players[i]] = shares[i];
            if (!standardErrors.IsEmpty)
                standardErrors[players[i]] = errors[i];
        }
    }

    private static Dictionary<string, double> Defaults(Framework model)
    {
        var predictors = model switch
        {
            LogisticFramework logistic => logistic.Predictors.AsEnumerable(),
            EnsembleFramework ensemble => ensemble.Members.SelectMany(member => member.Predictors),
            _ => throw new ArgumentException("Only a regression has a probability.", nameof(model)),
        };
        return predictors
            .GroupBy(predictor => predictor.Indicator, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Default ?? 0, StringComparer.Ordinal);
    }

    /// <summary>The probability where those that joined have their values, exactly, and the others their stated ones.</summary>
    private readonly struct ProbabilityGame : IGame
    {
        private readonly ScoreState _trial;
        private readonly double[] _now;
        private readonly double[] _then;

        public ProbabilityGame(ScoreState state, Func<int, double> stated)
        {
            _trial = new ScoreState(state.Framework, state.Country);
            _trial.CopyFrom(state);
            (_now, _then) = (new double[state.Framework.LeafCount], new double[state.Framework.LeafCount]);
            var players = new List<int>();
            for (var leaf = 0; leaf < _now.Length; leaf++)
            {
                if (state.LeafValue(leaf) is not { } value)
                    continue;
                (_now[leaf], _then[leaf]) = (value, stated(leaf));
                if (_now[leaf] != _then[leaf])
                    players.Add(leaf);
                else
                    _trial.Set(leaf, value, 0);
            }

            Players = players;
        }

        public List<int> Players { get; }

        public double Value(scoped ReadOnlySpan<bool> joined)
        {
            for (var i = 0; i < joined.Length; i++)
                _trial.Set(Players[i], joined[i] ? _now[Players[i]] : _then[Players[i]], 0);
            _trial.Update();
            return _trial.Score!.Value;
        }
    }
}

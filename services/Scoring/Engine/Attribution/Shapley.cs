using EarlyWarning.Scoring.Engine.Numerics;

namespace EarlyWarning.Scoring.Engine.Attribution;

/// <summary>
/// How players share what they make together: the mean, over all orders in which they could join, of what each adds on joining. It is the
/// only division in which the parts add up to the whole, equals get equal parts, who adds nothing gets nothing, and the parts of a sum of
/// games are the
/// sums of the parts. Sources: L. S. Shapley, "A Value for n-Person Games" (1953); for scores as games, S. M. Lundberg and S.-I. Lee, "A
/// Unified Approach to Interpreting Model Predictions" (2017).
/// </summary>
internal static class Shapley
{
    /// <summary>Up to so many players every coalition is looked at; above it orders are sampled.</summary>
    public const int ExactPlayers = 16;

    /// <summary>About how often a sampled game is played.</summary>
    private const int SampledGames = 40_000;

    /// <summary>The fewest pairs of orders from which an error can be told.</summary>
    private const int LeastPairs = 100;

    /// <summary>Shares a game out.</summary>
    /// <param name="game">The game.</param>
    /// <param name="players">How many play it.</param>
    /// <param name="shares">Filled with each player's part.</param>
    /// <param name="errors">Filled with the standard error of each part: 0 where every coalition was looked at.</param>
    public static void Share<TGame>(ref TGame game, int players, Span<double> shares, Span<double> errors)
        where TGame : struct, IGame, allows ref struct
    {
        shares.Clear();
        errors.Clear();
        if (players == 0)
            return;
        if (players <= ExactPlayers)
            Enumerate(ref game, players, shares);
        else
            Sample(ref game, players, shares, errors);
    }

    /// <summary>Σ over coalitions S of |S|! (n − |S| − 1)! / n! · (v(S with the player) − v(S)), in the order of the Gray code.</summary>
    private static void Enumerate<TGame>(ref TGame game, int players, Span<double> shares)
        where TGame : struct, IGame, allows ref struct
    {
        Span<double> coefficients = stackalloc double[players];
        coefficients[0] = 1.0 / players;
        for (var size = 1; size < players; size++)
            coefficients[size] = coefficients[size - 1] * size / (players - size);
        Span<bool> joined = stackalloc bool[players];
        joined.Clear();
        var nobody = game.Value(joined);
        var count = 0;
        for (var coalition = 1u; coalition < 1u << players; coalition++)
        {
            var turned = System.Numerics.BitOperations.TrailingZeroCount(coalition);
            joined[turned] = !joined[turned];
            count += joined[turned] ? 1 : -1;
            var value = game.Value(joined) - nobody;
            for (var player = 0; player < players; player++)
            {
                if (joined[player])
                    shares[player] += coefficients[count - 1] * value;
                else
                    shares[player] -= coefficients[count] * value;
            }
        }
    }

    /// <summary>
    /// Orders drawn at random, each together with its reverse: what a player adds early in the one it adds late in the other, so that their
    /// mean varies less. Source: R. Mitchell, J. Cooper, E. Frank, G. Holmes, "Sampling Permutations for Shapley Value Estimation", Journal
    /// of Machine
    /// Learning Research 23 (2022), section 2. Each order's parts add up to the whole, so their mean does.
    /// </summary>
    private static void Sample<TGame>(ref TGame game, int players, Span<double> shares, Span<double> errors)
        where TGame : struct, IGame, allows ref struct
    {
        var pairs = Math.Max(LeastPairs, SampledGames / (2 * players));
        int[] order = [.. Enumerable.Range(0, players)];
        var (joined, parts) = (new bool[players], new double[players]);
        for (var pair = 0; pair < pairs; pair++)
        {
            Array.Clear(parts);
            new SplitMix64((ulong)pair).Shuffle<int>(order);
            Join(ref game, order, joined, parts);
            Array.Reverse(order);
            Join(ref game, order, joined, parts);
            for (var player = 0; player < players; player++)
            {
                var before = (parts[player] / 2) - shares[player];
                shares[player] += before / (pair + 1);
                errors[player] += before * ((parts[player] / 2) - shares[player]);
            }
        }

        foreach (ref var error in errors[..players])
            error = Math.Sqrt(error / (pairs - 1.0) / pairs);
    }

    private static void Join<TGame>(ref TGame game, int[] order, bool[] joined, double[] parts)
        where TGame : struct, IGame, allows ref struct
    {
        Array.Clear(joined);
        var before = game.Value(joined);
        foreach (var player in order)
        {
            joined[player] = true;
            var after = game.Value(joined);
            parts[player] += after - before;
            before = after;
        }
    }
}

/// <summary>What a coalition makes.</summary>
internal interface IGame
{
    /// <summary>The value of a coalition.</summary>
    /// <param name="joined">By player: whether it is in.</param>
    double Value(scoped ReadOnlySpan<bool> joined);
}

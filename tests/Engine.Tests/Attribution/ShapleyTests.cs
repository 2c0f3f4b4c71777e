using CsCheck;
using EarlyWarning.Scoring.Engine.Attribution;

namespace EarlyWarning.Engine.Tests.Attribution;

/// <summary>The axioms, and the definition played through order by order.</summary>
public class ShapleyTests
{
    private static readonly Gen<TableGame> Games = Gen.Int[1, 6]
        .SelectMany(players => Gen.Double[-10, 10].Array[1 << players].Select(values => new TableGame(players, values)));

    [Fact]
    public void Share_AnyGame_IsTheMeanOverAllOrders() =>
        Games.Sample(
            game =>
            {
                var expected = new double[game.Players];
                var orders = Orders([.. Enumerable.Range(0, game.Players)]).ToList();
                foreach (var order in orders)
                {
                    var coalition = 0;
                    foreach (var player in order)
                    {
                        expected[player] += (game.Values[coalition | (1 << player)] - game.Values[coalition]) / orders.Count;
                        coalition |= 1 << player;
                    }
                }

                var (shares, errors) = Share(game);

                for (var player = 0; player < shares.Length; player++)
                    Assert.Equal(expected[player], shares[player], 1e-10);
                Assert.Equal(game.Values[^1] - game.Values[0], shares.Sum(), 1e-10);
                Assert.All(errors, error => Assert.Equal(0, error));
            },
            iter: 200
        );

    [Fact]
    public void Share_SumOfGames_IsTheSumOfShares() =>
        Gen.Select(Games, Gen.Double[-10, 10].Array[64])
            .Sample(
                (one, values) =>
                {
                    var other = new TableGame(one.Players, values[..one.Values.Length]);
                    var both = new TableGame(one.Players, [.. one.Values.Zip(other.Values, (a, b) => a + b)]);

                    var expected = Share(one).Shares.Zip(Share(other).Shares, (a, b) => a + b).ToArray();

                    Assert.Equal(expected, Share(both).Shares, (a, b) => Math.Abs(a - b) < 1e-10);
                },
                iter: 200
            );

    [Fact]
    public void Share_WhoAddsNothingAndWhoAreEqual_GetNothingAndTheSame()
    {
        // 10 for the first two together with or without the third.
        var (shares, _) = Share(new TableGame(3, [0, 2, 2, 10, 0, 2, 2, 10]));

        Assert.Equal([5, 5, 0], shares, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Share_SixteenPlayers_AddUp()
    {
        var game = new SizeGame();
        var (shares, errors) = (new double[16], new double[16]);

        Shapley.Share(ref game, 16, shares, errors);

        Assert.All(shares, share => Assert.Equal(16, share, 1e-9));
    }

    [Fact]
    public void Share_MoreThanSixteenPlayers_IsSampledWithItsErrorAndAddsUpExactly()
    {
        // The square of a sum of weights: a player's value is its weight times the whole.
        var weights = Enumerable.Range(1, 20).Select(i => (double)i).ToArray();
        var game = new SquareGame(weights);
        var (shares, errors) = (new double[20], new double[20]);

        Shapley.Share(ref game, 20, shares, errors);

        Assert.Equal(210 * 210, shares.Sum(), 1e-6);
        for (var player = 0; player < 20; player++)
            Assert.True(
                Math.Abs(shares[player] - (weights[player] * 210)) <= (5 * errors[player]) + 1e-9,
                $"{shares[player]:R} ± {errors[player]:R}"
            );
        var (again, _) = (new double[20], 0);
        Shapley.Share(ref game, 20, again, errors);
        Assert.Equal(shares, again);
    }

    [Fact]
    public void Share_SampledGameWithNoise_StatesAnErrorOfTheRightSize()
    {
        // The greatest of a coalition's numbers: the value of the one of rank r from below is Σ (x_k − x_(k−1)) / (n − k + 1) up to r.
        var game = new GreatestGame([.. Enumerable.Range(1, 24).Select(i => (double)i)]);
        var (shares, errors) = (new double[24], new double[24]);

        Shapley.Share(ref game, 24, shares, errors);

        var expected = 0.0;
        for (var rank = 0; rank < 24; rank++)
        {
            expected += 1.0 / (24 - rank);
            Assert.InRange(errors[rank], 0, 0.5);
            Assert.True(
                Math.Abs(shares[rank] - expected) <= 5 * errors[rank] + 1e-9,
                $"{shares[rank]:R} ± {errors[rank]:R} is not {expected:R}."
            );
        }
    }

    [Fact]
    public void Slopes_OfAProduct_AreThoseOfItsGame() =>
        Gen.Int[1, 6]
            .SelectMany(count => Gen.Select(Gen.Double[-3, 3].Array[count], Gen.Double[-3, 3].Array[count]))
            .Sample(
                (then, now) =>
                {
                    var values = Enumerable
                        .Range(0, 1 << then.Length)
                        .Select(coalition =>
                            Enumerable
                                .Range(0, then.Length)
                                .Aggregate(1.0, (all, i) => all * ((coalition >> i & 1) == 1 ? now[i] : then[i]))
                        )
                        .ToArray();
                    var slopes = new double[then.Length];

                    ProductGame.Slopes(then, now, slopes);

                    var expected = Share(new TableGame(then.Length, values)).Shares;
                    for (var i = 0; i < slopes.Length; i++)
                        Assert.Equal(expected[i], slopes[i] * (now[i] - then[i]), 1e-9);
                },
                iter: 500
            );

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    public void ForDegree_Polynomial_IsIntegratedExactly(int degree)
    {
        var rule = GaussLegendre.ForDegree(degree);

        Assert.Equal(1.0 / (degree + 1), rule.Sum(node => node.Weight * Math.Pow(node.Point, degree)), 1e-14);
        Assert.Equal(1, rule.Sum(node => node.Weight), 1e-14);
    }

    private static IEnumerable<int[]> Orders(int[] players) =>
        players.Length == 0
            ?
            [
                [],
            ]
            : players.SelectMany(first => Orders([.. players.Where(player => player != first)]).Select(rest => (int[])[first, .. rest]));

    private static (double[] Shares, double[] Errors) Share(TableGame game)
    {
        var (shares, errors) = (new double[game.Players], new double[game.Players]);
        Shapley.Share(ref game, game.Players, shares, errors);
        return (shares, errors);
    }

    private readonly record struct TableGame(int Players, double[] Values) : IGame
    {
        public double Value(scoped ReadOnlySpan<bool> joined)
        {
            var coalition = 0;
            for (var i = 0; i < joined.Length; i++)
                if (joined[i])
                    coalition |= 1 << i;
            return Values[coalition];
        }
    }

    private readonly struct SizeGame : IGame
    {
        public double Value(scoped ReadOnlySpan<bool> joined)
        {
            var count = 0;
            foreach (var one in joined)
                count += one ? 1 : 0;
            return count * count;
        }
    }

    private readonly struct SquareGame(double[] weights) : IGame
    {
        public double Value(scoped ReadOnlySpan<bool> joined)
        {
            var sum = 0.0;
            for (var i = 0; i < joined.Length; i++)
                if (joined[i])
                    sum += weights[i];
            return sum * sum;
        }
    }

    private readonly struct GreatestGame(double[] numbers) : IGame
    {
        public double Value(scoped ReadOnlySpan<bool> joined)
        {
            var greatest = 0.0;
            for (var i = 0; i < joined.Length; i++)
                if (joined[i])
                    greatest = Math.Max(greatest, numbers[i]);
            return greatest;
        }
    }
}

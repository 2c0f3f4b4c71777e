namespace EarlyWarning.Scoring.Engine.Numerics;

/// <summary>
/// The least value of a function without derivatives, by a simplex that is reflected, stretched and shrunk. Source: J. A. Nelder and R.
/// Mead, "A Simplex Method for Function Minimization", The Computer Journal 7 (1965), in the form of J. C. Nash, Compact Numerical Methods
/// for
/// Computers (1990), algorithm 19, which R's optim follows too: it takes the same steps.
/// </summary>
internal static class NelderMead
{
    private const double Reflection = 1.0;
    private const double Contraction = 0.5;
    private const double Expansion = 2.0;

    /// <summary>What a point counts at which the function has no finite value.</summary>
    private const double Refused = 1e35;

    /// <summary>Looks for the least value.</summary>
    /// <param name="function">What is to be small.</param>
    /// <param name="start">Where to start; the function is finite there.</param>
    /// <param name="tolerance">
    /// Ends the search once the simplex's values differ by no more than tolerance · (|value at the start| + tolerance): R's reltol.
    /// </param>
    /// <param name="maximumEvaluations">Ends the search after this many values: R's maxit.</param>
    /// <returns>The best point, its value, the number of values, and whether the tolerance was met.</returns>
    /// <exception cref="ArgumentException">The function is not finite at the start.</exception>
    public static (double[] Point, double Value, int Evaluations, bool Converged) Minimise(
        Func<double[], double> function,
        ReadOnlySpan<double> start,
        double tolerance,
        int maximumEvaluations
    )
    {
        var first = start.ToArray();
        var value = function(first);
        if (!double.IsFinite(value))
            throw new ArgumentException("The function has no finite value at the start.", nameof(start));
        var slack = tolerance * (Math.Abs(value) + tolerance);
        var simplex = new Simplex(function, first, value);
        var fresh = true;
        while (true)
        {
            if (fresh)
                simplex.EvaluateAllButBest();
            simplex.FindExtremes();
            if (simplex.Highest <= simplex.Lowest + slack)
                return simplex.Outcome(converged: true);
            fresh = !simplex.ReplaceWorst();
            if ((fresh && !simplex.Shrink()) || simplex.Evaluations > maximumEvaluations)
                return simplex.Outcome(converged: false);
        }
    }

    private sealed class Simplex
    {
        private readonly Func<double[], double> _function;
        private readonly double[][] _points;
        private readonly double[] _values;
        private double _size;
        private int _best;
        private int _worst;

        public Simplex(Func<double[], double> function, double[] start, double value)
        {
            _function = function;
            var count = start.Length;
            _points = new double[count + 1][];
            _values = new double[count + 1];
            (_points[0], _values[0], Evaluations) = (start, value, 1);
            var step = 0.0;
            foreach (var coordinate in start)
                step = Math.Max(step, 0.1 * Math.Abs(coordinate));
            if (step == 0)
                step = 0.1;
            for (var i = 0; i < count; i++)
            {
                var point = (double[])start.Clone();
                var reach = step;
                while (point[i] == start[i])
                {
                    point[i] = start[i] + reach;
                    reach *= 10;
                }

                _size += reach;
                _points[i + 1] = point;
            }
        }

        public int Evaluations { get; private set; }

        public double Lowest => _values[_best];

        public double Highest => _values[_worst];

        public (double[] Point, double Value, int Evaluations, bool Converged) Outcome(bool converged) =>
            (_points[_best], Lowest, Evaluations, converged);

        public void EvaluateAllButBest()
        {
            for (var i = 0; i < _points.Length; i++)
                if (i != _best)
                    _values[i] = At(_points[i]);
        }

        public void FindExtremes()
        {
            _worst = _best;
            var (low, high) = (_values[_best], _values[_best]);
            var before = _best;
            for (var i = 0; i < _values.Length; i++)
            {
                if (i == before)
                    continue;
                if (_values[i] < low)
                    (_best, low) = (i, _values[i]);
                if (_values[i] > high)
                    (_worst, high) = (i, _values[i]);
            }
        }

        /// <summary>Puts a better point in the place of the worst.</summary>
        /// <returns>Whether there was one; otherwise the simplex is to shrink.</returns>
        public bool ReplaceWorst()
        {
            var count = _points.Length - 1;
            var centre = new double[count];
            for (var i = 0; i < count; i++)
            {
                var sum = -_points[_worst][i];
                foreach (var point in _points)
                    sum += point[i];
                centre[i] = sum / count;
            }

            var worst = _points[_worst];
            var reflected = Mix(1 + Reflection, centre, -Reflection, worst);
            var value = At(reflected);
            if (value < Lowest)
            {
                var stretched = Mix(Expansion, reflected, 1 - Expansion, centre);
                var further = At(stretched);
                Put(further < value ? stretched : reflected, Math.Min(further, value));
                return true;
            }

            var better = value < Highest;
            if (better)
                Put(reflected, value);
            var contracted = Mix(1 - Contraction, _points[_worst], Contraction, centre);
            var nearer = At(contracted);
            if (nearer < Highest)
                Put(contracted, nearer);
            else
                return better;
            return true;
        }

        /// <summary>Draws every point half way to the best.</summary>
        /// <returns>Whether the simplex became smaller; rounding may keep it from that.</returns>
        public bool Shrink()
        {
            var size = 0.0;
            var best = _points[_best];
            for (var j = 0; j < _points.Length; j++)
            {
                if (j == _best)
                    continue;
                for (var i = 0; i < best.Length; i++)
                {
                    _points[j][i] = (Contraction * (_points[j][i] - best[i])) + best[i];
                    size += Math.Abs(_points[j][i] - best[i]);
                }
            }

            var smaller = size < _size;
            _size = size;
            return smaller;
        }

        private static double[] Mix(double a, double[] x, double b, double[] y)
        {
            var mixed = new double[x.Length];
            for (var i = 0; i < x.Length; i++)
                mixed[i] = (a * x[i]) + (b * y[i]);
            return mixed;
        }

        private void Put(double[] point, double value) => (_points[_worst], _values[_worst]) = (point, value);

        private double At(double[] point)
        {
            Evaluations++;
            var value = _function(point);
            return double.IsFinite(value) ? value : Refused;
        }
    }
}

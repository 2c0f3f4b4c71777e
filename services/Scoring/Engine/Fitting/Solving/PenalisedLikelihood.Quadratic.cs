namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <content>The penalised least-squares problem within a step.</content>
internal sealed partial class PenalisedLikelihood
{
    /// <summary>So many rows of a column lie in the cache while its products with the others are summed.</summary>
    private const int Chunk = 512;

    private const int MaximumSweeps = 2_000;
    private const int SweepsBeforePolish = 4;

    private readonly int[] _active;
    private readonly double[] _target;
    private readonly double[] _pull;
    private readonly double[] _border;
    private readonly double[] _scratch = new double[Chunk];
    private double[] _gram = [];
    private double[] _factor = [];
    private double _curvature;
    private int _activeCount;

    /// <summary>Takes the features that have a coefficient or want one; the others are looked at again after the step.</summary>
    private void Activate(double lasso)
    {
        _activeCount = 0;
        for (var i = 0; i < _coefficients.Length; i++)
        {
            if (_design.Scales[i] > 0 && (_coefficients[i] != 0 || Math.Abs(_gradient[i]) > lasso || lasso == 0))
                _active[_activeCount++] = i;
        }
    }

    /// <summary>
    /// The curvature of the likelihood in the active features, with the intercept solved for: H − h·hᵀ / h₀, where h is its row of the
    /// curvature ("covariance updates", section 2.2).
    /// </summary>
    private void Curve(CancellationToken cancellationToken)
    {
        var count = _activeCount;
        if (_gram.Length < count * count)
            (_gram, _factor) = (new double[count * count], new double[count * count]);
        _gram.AsSpan(0, count * count).Clear();
        _border.AsSpan(0, count).Clear();
        _curvature = 0;
        foreach (var curvature in _curvatures)
            _curvature += curvature;
        for (var start = 0; start < _curvatures.Length; start += Chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = Math.Min(Chunk, _curvatures.Length - start);
            var curvatures = _curvatures.AsSpan(start, length);
            var weighted = _scratch.AsSpan(0, length);
            for (var i = 0; i < count; i++)
            {
                var feature = _design.Feature(_active[i]).Slice(start, length);
                Dense.Multiply(weighted, feature, curvatures);
                _border[i] += Dense.Dot(curvatures, feature);
                for (var j = 0; j <= i; j++)
                    _gram[(i * count) + j] += Dense.Dot(weighted, _design.Feature(_active[j]).Slice(start, length));
            }
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var reduced = _gram[(i * count) + j] - (_border[i] * _border[j] / _curvature);
                _gram[(i * count) + j] = reduced;
                _gram[(j * count) + i] = reduced;
            }
        }
    }

    /// <summary>Finds where the coefficients of the active features go.</summary>
    private bool SolveQuadratic(double lasso, double ridge, CancellationToken cancellationToken)
    {
        if (!(_curvature > 0))
            return false;
        var count = _activeCount;
        for (var i = 0; i < count; i++)
        {
            _target[i] = _coefficients[_active[i]];
            _pull[i] = _gradient[_active[i]] - (_border[i] * _interceptGradient / _curvature);
        }

        // Without a lasso there is nothing to select: one linear system. Where it is singular a ridge still has one solution to descend to.
        if (lasso == 0 && Settle(lasso, ridge))
            return true;
        if (lasso == 0 && ridge == 0)
            return false;
        for (var sweep = 1; sweep <= MaximumSweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Sweep(lasso, ridge) < 1e-13)
                break;
            if (lasso > 0 && sweep % SweepsBeforePolish == 0 && Settle(lasso, ridge))
                break;
        }

        return true;
    }

    /// <summary>One round of coordinate descent.</summary>
    /// <returns>The largest change, in standard deviations of the log-odds.</returns>
    private double Sweep(double lasso, double ridge)
    {
        var count = _activeCount;
        var largest = 0.0;
        for (var i = 0; i < count; i++)
        {
            var diagonal = Math.Max(_gram[(i * count) + i], 0);
            if (diagonal + ridge == 0)
                continue;
            var slope = _pull[i] + (diagonal * _target[i]);
            var next = Math.Sign(slope) * Math.Max(0, Math.Abs(slope) - lasso) / (diagonal + ridge);
            var change = next - _target[i];
            if (change == 0)
                continue;
            Dense.AddScaled(_pull.AsSpan(0, count), -change, _gram.AsSpan(i * count, count));
            _target[i] = next;
            largest = Math.Max(largest, Math.Abs(change) * Math.Sqrt(diagonal));
        }

        return largest;
    }

    /// <summary>
    /// Solves for the coefficients that are not 0 at once, given their signs. Descent is slow where features resemble each other, as a year
    /// and its square do; but it finds the signs soon.
    /// </summary>
    /// <returns>Whether the signs hold and the coefficients at 0 stay there, so that this is the solution.</returns>
    private bool Settle(double lasso, double ridge)
    {
        var count = _activeCount;
        Span<int> chosen = count <= 256 ? stackalloc int[count] : new int[count];
        var size = 0;
        for (var i = 0; i < count; i++)
            if (lasso == 0 || _target[i] != 0)
                chosen[size++] = i;
        Span<double> solution = count <= 256 ? stackalloc double[size] : new double[size];
        for (var i = 0; i < size; i++)
        {
            var row = chosen[i];
            for (var j = 0; j <= i; j++)
                _factor[(i * size) + j] = _gram[(row * count) + chosen[j]];
            _factor[(i * size) + i] += ridge;

            // What is left of the slope, so that a solution found before is changed by rounding only.
            solution[i] = _pull[row] - (ridge * _target[row]) - (lasso * Math.Sign(_target[row]));
        }

        var dependent = Cholesky.Factor(_factor, size);
        if (dependent >= 0)
        {
            Dependent = _active[chosen[dependent]];
            return false;
        }

        Cholesky.Solve(_factor, size, solution);
        return Accept(chosen[..size], solution, lasso);
    }

    private bool Accept(ReadOnlySpan<int> chosen, ReadOnlySpan<double> changes, double lasso)
    {
        var count = _activeCount;
        if (lasso > 0)
        {
            for (var i = 0; i < chosen.Length; i++)
                if (Math.Sign(_target[chosen[i]] + changes[i]) != Math.Sign(_target[chosen[i]]))
                    return false;
            for (var i = 0; i < count; i++)
            {
                if (_target[i] != 0)
                    continue;
                var pull = _pull[i];
                for (var j = 0; j < chosen.Length; j++)
                    pull -= changes[j] * _gram[(i * count) + chosen[j]];
                if (Math.Abs(pull) > lasso * (1 + 1e-12))
                    return false;
            }
        }

        for (var i = 0; i < chosen.Length; i++)
        {
            _target[chosen[i]] += changes[i];
            Dense.AddScaled(_pull.AsSpan(0, count), -changes[i], _gram.AsSpan(chosen[i] * count, count));
        }

        return true;
    }
}

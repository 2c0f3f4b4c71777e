namespace EarlyWarning.Scoring.Engine.Fitting.Solving;

/// <summary>
/// Maximises the likelihood less an elastic-net penalty: the least of −Σ w·ℓ(row) / Σ w + λ·((1−α)/2·‖b‖² + α·‖b‖₁) over standardised
/// features, the intercept free. Iteratively reweighted least squares, each penalised least-squares problem solved by cyclic coordinate
/// descent. Source: J. Friedman, T. Hastie and R. Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
/// Journal of Statistical Software 33 (2010), sections 2.2 and 3. Starts where it last ended, so a path of falling λ is quick. Steps are
/// shortened until the objective falls: P. Tseng and S. Yun, "A coordinate gradient descent method for nonsmooth separable minimization",
/// Mathematical Programming 117 (2009).
/// </summary>
internal sealed partial class PenalisedLikelihood
{
    /// <summary>
    /// Without a penalty the log-odds of no row may still move by more: where classes are separated they move by about 1 for ever.
    /// </summary>
    private const double Settled = 1e-3;

    private readonly StandardisedDesign _design;
    private readonly double _alpha;
    private readonly double _tolerance;
    private readonly int _maximumIterations;
    private readonly double[] _coefficients;
    private readonly double[] _gradient;
    private readonly double[] _logOdds;
    private readonly double[] _trial;
    private readonly double[] _direction;
    private readonly double[] _residuals;
    private readonly double[] _curvatures;
    private double _interceptGradient;
    private double _movement;

    public PenalisedLikelihood(StandardisedDesign design, double alpha, double tolerance, int maximumIterations)
    {
        _design = design;
        (_alpha, _tolerance, _maximumIterations) = (alpha, tolerance, maximumIterations);
        _coefficients = new double[design.FeatureCount];
        _gradient = new double[design.FeatureCount];
        _logOdds = new double[design.RowCount];
        _trial = new double[design.RowCount];
        _direction = new double[design.RowCount];
        _residuals = new double[design.RowCount];
        _curvatures = new double[design.RowCount];
        _active = new int[design.FeatureCount];
        _target = new double[design.FeatureCount];
        _pull = new double[design.FeatureCount];
        _border = new double[design.FeatureCount];
        var rate = Dense.Dot(design.Weights, design.Targets);
        Intercept = Math.Log(rate / (1 - rate));
        _logOdds.AsSpan().Fill(Intercept);
        LogLikelihood = Read(_logOdds);
        NullLogLikelihood = LogLikelihood;
        Gradient();
    }

    /// <summary>The log-odds at the mean of every feature.</summary>
    public double Intercept { get; private set; }

    /// <summary>The coefficients of the standardised features.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Σ w·ℓ(row) / Σ w.</summary>
    public double LogLikelihood { get; private set; }

    public double NullLogLikelihood { get; }

    /// <summary>The number of the feature that depends on others, after a singular end.</summary>
    public int Dependent { get; private set; }

    /// <summary>
    /// The least λ at which every coefficient is 0; for ridge, where there is none, that of α = 0.001. Ask before the first solution.
    /// </summary>
    public double LargestLambda()
    {
        var largest = 0.0;
        foreach (var slope in _gradient)
            largest = Math.Max(largest, Math.Abs(slope));
        return largest / Math.Max(_alpha, 1e-3);
    }

    public (Ending Ending, int Iterations) Solve(double lambda, CancellationToken cancellationToken)
    {
        var (lasso, ridge) = (lambda * _alpha, lambda * (1 - _alpha));
        _movement = double.PositiveInfinity;
        for (var iteration = 0; ; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Violation(lasso, ridge) <= _tolerance && (lambda > 0 || _movement <= Settled))
                return (Ending.Converged, iteration);
            if (iteration == _maximumIterations)
                return (Ending.OutOfSteps, iteration);
            Activate(lasso);
            Curve(cancellationToken);
            if (!SolveQuadratic(lasso, ridge, cancellationToken))
                return (Ending.Singular, iteration);
            if (!Advance(lasso, ridge))
                return (Ending.OutOfSteps, iteration);
            Gradient();
        }
    }

    /// <summary>
    /// How far the conditions of the optimum are missed: the slope of the likelihood must be λ(1−α)·b + λα·sign(b), or within ±λα where b
    /// is 0.
    /// </summary>
    private double Violation(double lasso, double ridge)
    {
        var worst = Math.Abs(_interceptGradient);
        for (var i = 0; i < _gradient.Length; i++)
        {
            var coefficient = _coefficients[i];
            var miss =
                coefficient == 0
                    ? Math.Abs(_gradient[i]) - lasso
                    : Math.Abs(_gradient[i] - (ridge * coefficient) - (lasso * Math.Sign(coefficient)));
            worst = Math.Max(worst, miss);
        }

        return worst;
    }

    /// <summary>Steps towards the solution of the quadratic problem, less far until the objective falls enough.</summary>
    private bool Advance(double lasso, double ridge)
    {
        var interceptStep = _interceptGradient;
        _direction.AsSpan().Clear();
        double expected = 0,
            before = 0,
            after = 0;
        for (var i = 0; i < _activeCount; i++)
        {
            var feature = _active[i];
            var (from, to) = (_coefficients[feature], _target[i]);
            interceptStep -= _border[i] * (to - from);
            expected -= _gradient[feature] * (to - from);
            before += Penalty(from, lasso, ridge);
            after += Penalty(to, lasso, ridge);
            if (to != from)
                Dense.AddScaled(_direction, to - from, _design.Feature(feature));
        }

        interceptStep /= _curvature;
        expected += after - before - (_interceptGradient * interceptStep);
        var (objective, likelihood) = (before - LogLikelihood, LogLikelihood);
        for (var length = 1.0; length > 1e-12; length /= 2)
        {
            _logOdds.CopyTo(_trial, 0);
            for (var row = 0; row < _trial.Length; row++)
                _trial[row] += length * (interceptStep + _direction[row]);
            likelihood = Read(_trial);
            var penalty = 0.0;
            for (var i = 0; i < _activeCount; i++)
                penalty += Penalty(At(i, length), lasso, ridge);

            // The last term lets the last steps pass, whose gain is below rounding.
            if (!(penalty - likelihood <= objective + (1e-4 * length * expected) + (1e-14 * Math.Abs(objective))))
                continue;
            Move(interceptStep, length);
            LogLikelihood = likelihood;
            return true;
        }

        LogLikelihood = Read(_logOdds);
        return false;
    }

    private void Move(double interceptStep, double length)
    {
        _movement = 0;
        for (var row = 0; row < _trial.Length; row++)
            _movement = Math.Max(_movement, Math.Abs(_trial[row] - _logOdds[row]));
        _trial.CopyTo(_logOdds, 0);
        Intercept += length * interceptStep;
        for (var i = 0; i < _activeCount; i++)
            _coefficients[_active[i]] = At(i, length);
    }

    private double At(int i, double length)
    {
        var from = _coefficients[_active[i]];
        return length == 1 ? _target[i] : from + (length * (_target[i] - from));
    }

    private static double Penalty(double coefficient, double lasso, double ridge) =>
        (ridge / 2 * coefficient * coefficient) + (lasso * Math.Abs(coefficient));

    /// <summary>The likelihood of log-odds; leaves its slope and its curvature in each row behind.</summary>
    private double Read(double[] logOdds)
    {
        var (targets, weights) = (_design.Targets, _design.Weights);
        var sum = 0.0;
        for (var row = 0; row < logOdds.Length; row++)
        {
            // Written so that nothing overflows: ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).
            var odds = logOdds[row];
            var small = Math.Exp(-Math.Abs(odds));
            var likely = 1 / (1 + small);
            var probability = odds >= 0 ? likely : small * likely;
            sum += weights[row] * ((targets[row] * odds) - Math.Max(odds, 0) - Math.Log(1 + small));
            _residuals[row] =
                weights[row]
                * (
                    targets[row] == 0 ? -probability
                    : odds >= 0 ? small * likely
                    : likely
                );
            _curvatures[row] = weights[row] * small * likely * likely;
        }

        return sum;
    }

    private void Gradient()
    {
        _interceptGradient = 0;
        foreach (var residual in _residuals)
            _interceptGradient += residual;
        for (var i = 0; i < _gradient.Length; i++)
            _gradient[i] = Dense.Dot(_residuals, _design.Feature(i));
    }

    /// <summary>How a search for the optimum ended.</summary>
    internal enum Ending
    {
        /// <summary>At the optimum, to the tolerance.</summary>
        Converged,

        /// <summary>The steps ran out, or none lowered the objective.</summary>
        OutOfSteps,

        /// <summary>The optimum is not one point: features depend on each other, or the likelihood has no curvature left.</summary>
        Singular,
    }
}

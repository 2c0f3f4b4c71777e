namespace EarlyWarning.Scoring.Engine.Uncertainty.Drawing;

/// <summary>
/// The memory of one thread for one block of draws at a time: everything is worked out for a whole block before the next step, so that each
/// step is a short loop over vectors. Sized once; drawing allocates nothing.
/// </summary>
internal sealed class Workspace
{
    /// <summary>The draws of a block. With it the numbers of a node and its children stay in the nearest cache.</summary>
    public const int Block = 128;

    private readonly double[] _deviates;
    private readonly bool[] _isDrawn;
    private readonly double[] _scores;
    private readonly double[] _terms;
    private readonly double[][] _weights;
    private readonly double[] _tail = new double[Block + 8];
    private readonly byte[] _masks = new byte[Block / 8];

    /// <summary>Initializes a new instance of the <see cref="Workspace"/> class.</summary>
    /// <param name="size">How much of everything a run needs.</param>
    public Workspace(WorkspaceSize size)
    {
        _deviates = new double[size.Deviates * Block];
        _isDrawn = new bool[size.Deviates];
        _scores = new double[size.Nodes * Block];
        _terms = new double[size.Children * Block];
        _weights = [.. size.Weights.Select(count => new double[count * Block])];
        Sums = new double[Block];
        Divisors = new double[Block];
        Options = new int[Block];
        Lane = new double[size.Children];
        LaneWeights = new double[size.Children];
        Ranking = new CountryRanker(size.Countries);
    }

    /// <summary>Gets room for the weights of a block's draws.</summary>
    public double[] Sums { get; }

    /// <summary>Gets room for what values are divided by.</summary>
    public double[] Divisors { get; }

    /// <summary>Gets room for the aggregate of the children that are there, and then for what missing ones are.</summary>
    public double[] Missing { get; } = new double[Block];

    /// <summary>Gets room for the means of missing children.</summary>
    public double[] Means { get; } = new double[Block];

    /// <summary>Gets room for what is left of a stick.</summary>
    public double[] Left { get; } = new double[Block];

    /// <summary>Gets room for the pieces of a stick.</summary>
    public double[] Pieces { get; } = new double[Block];

    /// <summary>Gets room for the chances of the pieces.</summary>
    public double[] Chances { get; } = new double[Block];

    /// <summary>Gets which alternative each draw takes.</summary>
    public int[] Options { get; }

    /// <summary>Gets room for the children of one draw.</summary>
    public double[] Lane { get; }

    /// <summary>Gets room for their weights.</summary>
    public double[] LaneWeights { get; }

    /// <summary>Gets what ranks the countries of one draw.</summary>
    public CountryRanker Ranking { get; }

    /// <summary>Starts with another country or block: nothing is drawn of it yet.</summary>
    public void Begin() => Array.Clear(_isDrawn);

    /// <summary>Gets a deviate, drawing it when it is first asked for.</summary>
    /// <param name="deviates">The country's deviates.</param>
    /// <param name="number">The deviate's number.</param>
    /// <param name="draws">Which draws, from which sample.</param>
    public ReadOnlySpan<double> Deviate(Deviate[] deviates, int number, in DrawBlock draws)
    {
        var numbers = _deviates.AsSpan(number * Block, Block);
        if (_isDrawn[number])
            return numbers;
        deviates[number].Draw(numbers, draws, _tail, _masks);
        _isDrawn[number] = true;
        return numbers;
    }

    /// <summary>Gets the place of a node's scores.</summary>
    /// <param name="node">The node's number in its plan.</param>
    public Span<double> Scores(int node) => _scores.AsSpan(node * Block, Block);

    /// <summary>Gets the places of the terms of the node that is worked on, one block after the other.</summary>
    /// <param name="children">How many there are.</param>
    public Span<double> Terms(int children) => _terms.AsSpan(0, children * Block);

    /// <summary>Gets the drawn weights of an alternative, one block after the other.</summary>
    /// <param name="alternative">The alternative's number.</param>
    public Span<double> Weights(int alternative) => _weights[alternative];
}

/// <summary>How much memory a run needs.</summary>
/// <param name="Deviates">The most deviates of a country.</param>
/// <param name="Nodes">The most nodes of a plan.</param>
/// <param name="Children">The most children of a node.</param>
/// <param name="Weights">The drawn weights of each alternative.</param>
/// <param name="Countries">The number of countries.</param>
internal sealed record WorkspaceSize(int Deviates, int Nodes, int Children, int[] Weights, int Countries);

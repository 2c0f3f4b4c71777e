namespace EarlyWarning.Cli.Importing;

/// <summary>Counts what became of a file's rows and values. Its size depends on the kinds of trouble, not on the file's.</summary>
internal sealed class Tally(RejectsFile? rejects)
{
    private const int ExampleLines = 5;

    private readonly Dictionary<(string Reason, string Column), Cause> _causes = [];

    public long Rows { get; set; }

    /// <summary>Rows that the mapping's conditions do not choose.</summary>
    public long LeftOut { get; set; }

    public long Empty { get; set; }

    /// <summary>Values that are parts of others: several rows came to one.</summary>
    public long Combined { get; set; }

    public long Recorded { get; set; }

    public long Duplicates { get; set; }

    public long Resent { get; set; }

    /// <summary>Keys whose last row in the file is recorded and is not what is current.</summary>
    public Cause NotCurrent { get; } =
        new("NOT_CURRENT", "", "another observation of the key, of a higher revision or recorded later, is current");

    public long Rejected => _causes.Values.Sum(cause => cause.Values);

    public long Answered => Recorded + Duplicates + Rejected;

    /// <summary>The causes of rejection, most frequent first.</summary>
    public IEnumerable<Cause> Causes =>
        _causes.Values.OrderByDescending(cause => cause.Values).ThenBy(cause => cause.Column, StringComparer.Ordinal);

    public void Reject(Rejection rejection)
    {
        rejects?.Write(rejection);
        var key = (rejection.Reason, rejection.Column);
        if (!_causes.TryGetValue(key, out var cause))
        {
            _causes[key] = cause = new(rejection.Reason, rejection.Column, rejection.Problem);
        }

        cause.Add(rejection.Row.Line, rejection.Values);
    }

    /// <summary>Starts to count a file anew that was read only to see whether it can be.</summary>
    public void ForgetReading() => (Rows, LeftOut, Empty) = (0, 0, 0);

    /// <summary>Values that were rejected for one reason, with the first problem's words and lines where it occurs.</summary>
    internal sealed class Cause(string reason, string column, string problem)
    {
        public string Reason { get; } = reason;

        public string Column { get; } = column;

        public string Problem { get; } = problem;

        public long Values { get; private set; }

        /// <summary>Lines where it occurs: the first few.</summary>
        public List<long> Lines { get; } = [];

        public void Add(long line, int values = 1)
        {
            Values += values;
            if (Lines.Count < ExampleLines && !Lines.Contains(line))
            {
                Lines.Add(line);
            }
        }
    }
}

namespace EarlyWarning.Cli.Importing;

/// <summary>Counts what became of a file's rows and values. Its size depends on the kinds of trouble, not on the file's.</summary>
internal sealed class Tally(RejectsFile? rejects)
{
    private const int ExampleLines = 5;

    private readonly Dictionary<(string Reason, string Column), Cause> _causes = [];

    public long Rows { get; set; }

    public long Empty { get; set; }

    public long Recorded { get; set; }

    public long Duplicates { get; set; }

    public long Resent { get; set; }

    public long Rejected => _causes.Values.Sum(cause => cause.Values);

    public long Answered => Recorded + Duplicates + Rejected;

    /// <summary>The causes of rejection, most frequent first.</summary>
    public IEnumerable<Cause> Causes => _causes.Values.OrderByDescending(cause => cause.Values).ThenBy(cause => cause.Column, StringComparer.Ordinal);

    public void Reject(Rejection rejection)
    {
        rejects?.Write(rejection);
        var key = (rejection.Reason, rejection.Column);
        if (!_causes.TryGetValue(key, out var cause))
        {
            _causes[key] = cause = new(rejection.Reason, rejection.Column, rejection.Problem);
        }

        cause.Values += rejection.Values;
        if (cause.Lines.Count < ExampleLines && !cause.Lines.Contains(rejection.Row.Line))
        {
            cause.Lines.Add(rejection.Row.Line);
        }
    }

    /// <summary>Values that were rejected for one reason, with the first problem's words and lines where it occurs.</summary>
    internal sealed class Cause(string reason, string column, string problem)
    {
        public string Reason { get; } = reason;

        public string Column { get; } = column;

        public string Problem { get; } = problem;

        public long Values { get; set; }

        public List<long> Lines { get; } = [];
    }
}

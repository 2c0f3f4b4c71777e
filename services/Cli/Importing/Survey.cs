namespace EarlyWarning.Cli.Importing;

/// <summary>
/// A first reading of the whole file, before anything is sent: which keys and indicators it has, and what repeated keys come to.
/// </summary>
internal sealed class Survey
{
    private readonly KeyTable _keys;
    private readonly Combination? _combination;
    private readonly Dictionary<string, HashSet<string>> _units = new(StringComparer.Ordinal);

    private Survey(string path, bool hasRevisions, string? repeated)
    {
        _keys = new(path, hasRevisions);
        _combination = repeated is null ? null : new(repeated);
    }

    /// <summary>The indicators that rows have values of, with the units that they name.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Units => _units;

    /// <summary>The keys that several rows have and that nothing is said about.</summary>
    public IEnumerable<KeyTable.Repeat> Repeats => _combination is null ? _keys.Repeats : [];

    public int RepeatCount => _combination is null ? _keys.RepeatCount : 0;

    /// <param name="path">The file's path.</param>
    /// <param name="items">Its observations, in its order.</param>
    /// <param name="layout">What reads them.</param>
    /// <param name="repeated">What several rows of one key come to, where the mapping says it.</param>
    /// <param name="tally">Takes rows that cannot be put together.</param>
    public static async Task<Survey> ReadAsync(string path, IAsyncEnumerable<Item> items, ILayout layout, string? repeated, Tally tally)
    {
        var survey = new Survey(path, layout.HasRevisions, repeated);
        await foreach (var item in items)
        {
            try
            {
                survey.Take(item);
            }
            catch (RowException error)
            {
                tally.Reject(new(item.Row, error.Column, error.Reason, error.Message));
            }
        }

        return survey;
    }

    /// <summary>
    /// The items to send, with what the whole file says of them; parts of a repeated key become one, at the last of its rows.
    /// </summary>
    public async IAsyncEnumerable<Item> PlaceAsync(IAsyncEnumerable<Item> items, Tally tally)
    {
        await foreach (var item in items)
        {
            if (_combination is null)
            {
                yield return _keys.Placed(item);
                continue;
            }

            var key = _keys.KeyOf(item.Observation);
            if (item.IsMissing)
            {
                tally.Empty++;
            }
            else if (_keys.LastLineOf(key) == item.Row.Line)
            {
                yield return _keys.Placed(_combination.Of(key, item));
            }
            else
            {
                tally.Combined++;
            }
        }
    }

    /// <summary>Rejects the rows of repeated keys in the tally, each with all the lines of its key.</summary>
    public async Task RejectRepeatsAsync(IAsyncEnumerable<Item> items, Tally tally)
    {
        await foreach (var item in items)
        {
            if (_keys.LinesOf(_keys.KeyOf(item.Observation)) is { } lines)
            {
                tally.Reject(new(item.Row, item.Column, Rejection.RepeatedKey, $"the key stands on the lines {string.Join(", ", lines)}."));
            }
        }
    }

    private void Take(Item item)
    {
        var key = _keys.Add(item);
        _combination?.Add(key, item);
        if (item.IsMissing)
        {
            return;
        }

        if (!_units.TryGetValue(item.Observation.Indicator, out var units))
        {
            _units[item.Observation.Indicator] = units = new(StringComparer.Ordinal);
        }

        if (item.Observation.Unit.Length > 0)
        {
            units.Add(item.Observation.Unit);
        }
    }
}

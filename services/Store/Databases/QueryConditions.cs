using System.Globalization;

namespace EarlyWarning.Store.Databases;

/// <summary>The conditions of one query, all of which have to hold, with their values. Not thread-safe.</summary>
public sealed class QueryConditions
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    /// <summary>Adds a condition, in whose text <c>{0}</c>, <c>{1}</c> and so on stand, in this order, for its values.</summary>
    public QueryConditions And(string condition, params object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var places = values.Select((_, index) => (object)$"${_values.Count + index + 1}").ToArray();
        _conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, places));
        _values.AddRange(values);
        return this;
    }

    /// <summary>Adds a condition where a filter asks for it.</summary>
    public QueryConditions AndIf(bool wanted, string condition, params object[] values) => wanted ? And(condition, values) : this;

    /// <summary>Adds that a column has one of some values, where there are any.</summary>
    public QueryConditions AndIn<T>(string column, IEnumerable<T> values)
        where T : notnull
    {
        object[] any = [.. values.Select(value => (object)value)];
        return any.Length == 0 ? this : And($"{column} in ({string.Join(", ", any.Select((_, index) => $"{{{index}}}"))})", any);
    }

    /// <summary>Makes the query of its parts around the conditions.</summary>
    /// <param name="select">What is read from where.</param>
    /// <param name="order">In which order; may be empty.</param>
    /// <param name="limit">The most rows.</param>
    public Statement Select(string select, string order = "", long limit = long.MaxValue)
    {
        var where = _conditions.Count == 0 ? "" : $" where {string.Join(" and ", _conditions)}";
        return limit == long.MaxValue
            ? new($"{select}{where} {order}", [.. _values])
            : new($"{select}{where} {order} limit ${_values.Count + 1}", [.. _values, limit]);
    }
}

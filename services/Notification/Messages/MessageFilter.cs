using EarlyWarning.ServiceDefaults.Times;

namespace EarlyWarning.Notification.Messages;

/// <summary>Which messages a list keeps, as a condition on <c>notification_message m</c> with its values.</summary>
internal sealed class MessageFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    public MessageFilter(V1.ListNotificationsRequest filter)
    {
        Keep("m.recipient = ", filter.Recipient);
        Keep("m.breach = ", filter.Breach);

        // Says itself that it is not empty, so that the index of those of cases is used.
        Keep("m.case_name <> '' and m.case_name = ", filter.Case);
        KeepAny("m.country", filter.Countries);
        Keep("m.state = ", (long)filter.State);
        Keep("m.severity = ", (long)filter.Severity);
        Keep("m.created >= ", filter.CreatedFrom.UtcTicks());
        Keep("m.created < ", filter.CreatedBefore.UtcTicks());
    }

    public string Where => _conditions.Count == 0 ? "" : $"where {string.Join(" and ", _conditions)}";

    public object?[] Values => [.. _values];

    /// <summary>Narrows it further.</summary>
    public MessageFilter And(string condition, long value)
    {
        _values.Add(value);
        _conditions.Add($"{condition}${_values.Count}");
        return this;
    }

    /// <summary>Gives the next parameter.</summary>
    public string Parameter(long value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    private void Keep(string condition, string value)
    {
        if (value.Length > 0)
        {
            _values.Add(value);
            _conditions.Add($"{condition}${_values.Count}");
        }
    }

    private void KeepAny(string column, Google.Protobuf.Collections.RepeatedField<string> values)
    {
        if (values.Count > 0)
        {
            var first = _values.Count + 1;
            _values.AddRange(values);
            _conditions.Add($"{column} in ({string.Join(", ", Enumerable.Range(first, values.Count).Select(place => $"${place}"))})");
        }
    }

    private void Keep(string condition, long value)
    {
        if (value != 0)
        {
            And(condition, value);
        }
    }
}

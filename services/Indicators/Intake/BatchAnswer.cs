using System.Globalization;

namespace EarlyWarning.Indicators.Intake;

/// <summary>What became of a batch, in the terms of the request.</summary>
/// <param name="Outcomes">One for each item, in the order of the request; unspecified for a valid item of a batch that was only
/// validated.</param>
/// <param name="Problems">What is wrong with items that are rejected or to be retried, by index.</param>
/// <param name="Revisions">The revisions of the countries that include the batch.</param>
/// <param name="NotCurrent">The places of items that are recorded and not current.</param>
/// <param name="Late">The places of items that are recorded and older than the newest of their series.</param>
internal sealed record BatchAnswer(
    V1.Outcome[] Outcomes,
    List<V1.ItemProblem> Problems,
    List<V1.CountryRevision> Revisions,
    List<int> NotCurrent,
    List<int> Late
)
{
    /// <summary>What is wrong with one item.</summary>
    /// <param name="index">Its place in the request.</param>
    /// <param name="reason">The ErrorInfo reason.</param>
    /// <param name="field">The field at fault, relative to the observation; empty for the whole of it.</param>
    /// <param name="message">What is wrong and how to put it right.</param>
    public static V1.ItemProblem Problem(int index, string reason, string field, string message) =>
        new()
        {
            Index = index,
            Reason = reason,
            Field = string.Create(CultureInfo.InvariantCulture, $"observations[{index}]{(field.Length > 0 ? "." : "")}{field}"),
            Message = message,
        };
}

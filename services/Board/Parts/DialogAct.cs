namespace EarlyWarning.Board.Parts;

/// <summary>An act that is asked about once more before it is done.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Text">What it does, and what it does not.</param>
/// <param name="Send">What its button says.</param>
/// <param name="Field">What is asked for in words; empty for nothing.</param>
/// <param name="Longest">How many characters those may have.</param>
/// <param name="Choices">What may be chosen from, each with its words; the first is chosen at first. None for nothing.</param>
/// <param name="Choice">What is chosen.</param>
/// <param name="DoAsync">Does it, given the words and the choice, and tells what was done. What it throws of gRPC is shown.</param>
public sealed record DialogAct(
    string Title,
    string Text,
    string Send,
    string Field,
    int Longest,
    IReadOnlyList<(string Value, string Text)> Choices,
    string Choice,
    Func<string, string, Task<string>> DoAsync
);

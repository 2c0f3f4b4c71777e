namespace EarlyWarning.Board.Language;

/// <summary>Keeps names that are written from right to left from turning what stands beside them.</summary>
internal static class Bidi
{
    private const char Isolated = '\u2068';
    private const char End = '\u2069';

    /// <summary>What is put into a sentence; text that has letters from right to left stands for itself there.</summary>
    public static object? Isolate(object? value) => value is string text && text.Any(IsFromTheRight) ? $"{Isolated}{text}{End}" : value;

    // The blocks of Hebrew, Arabic, Syriac, Thaana and N'Ko, their forms for printing, and the first halves of Adlam and its neighbours.
    private static bool IsFromTheRight(char one) =>
        one
            is (>= '\u0590' and <= '\u08ff')
                or (>= '\ufb1d' and <= '\ufdff')
                or (>= '\ufe70' and <= '\ufefc')
                or '\ud802'
                or '\ud803'
                or '\ud83a';
}

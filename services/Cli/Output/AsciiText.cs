namespace EarlyWarning.Cli.Output;

/// <summary>Writes text for a screen that shows ASCII alone: our own signs by others, what is left as a question mark.</summary>
internal static class AsciiText
{
    public static string Of(string text) => System.Text.Ascii.IsValid(text) ? text : string.Concat(text.Select(SignOf));

    private static char SignOf(char sign) =>
        sign switch
        {
            '–' or '—' => '-',
            '…' => '~',
            '“' or '”' => '"',
            '‘' or '’' => '\'',
            _ => char.IsAscii(sign) ? sign : '?',
        };
}

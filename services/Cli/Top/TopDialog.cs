using EarlyWarning.V1;

namespace EarlyWarning.Cli.Top;

/// <summary>What is over the panes, or is asked for below them.</summary>
internal abstract record TopDialog;

/// <summary>A text to read, from its line <paramref name="First"/> on.</summary>
internal sealed record TextDialog(string Title, IReadOnlyList<string> Lines, int First = 0) : TopDialog;

/// <summary>A line that is typed.</summary>
internal abstract record Typing(string Text) : TopDialog;

/// <summary>The country that is searched for.</summary>
internal sealed record SearchTyping(string Text) : Typing(Text);

/// <summary>As whom a case is acknowledged.</summary>
internal sealed record RecipientTyping(Case Of, string Text) : Typing(Text);

/// <summary>With which note.</summary>
internal sealed record NoteTyping(Case Of, string Recipient, string Text) : Typing(Text);

using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Cli.Importing;

/// <summary>
/// How the columns of a CSV file become observations. A mapping file is this in YAML; without one the long format's own names hold.
/// </summary>
internal sealed class Mapping : IValidatableObject
{
    /// <summary><c>long</c>: a row is an observation. <c>wide</c>: a row is a country and a column an indicator.</summary>
    [AllowedValues(LongLayout, WideLayout, ErrorMessage = "Write long or wide.")]
    public string Layout { get; set; } = LongLayout;

    /// <summary>What parts the cells; found out from the file where it is left out.</summary>
    [StringLength(1, MinimumLength = 1, ErrorMessage = "A delimiter is one character.")]
    public string? Delimiter { get; set; }

    /// <summary>The sign before a figure's decimals: a point, or a comma.</summary>
    [AllowedValues(".", ",", ErrorMessage = "Write '.' or ','.")]
    public string Decimal { get; set; } = ".";

    /// <summary>
    /// Conditions that a row must meet, all of them, in <see cref="RowFilter"/>'s little language; the others are left out and counted.
    /// </summary>
    public List<string> Where { get; set; } = [];

    /// <summary>
    /// <c>sum</c>, <c>max</c>, <c>mean</c> or <c>count</c>: what becomes of several rows of one key. Without it they are refused.
    /// </summary>
    public string? Repeated { get; set; }

    public CountryMapping Country { get; set; } = new();

    /// <summary>When the values held.</summary>
    public TimeMapping Time { get; set; } = new();

    /// <summary>When the world could know them; for a backfill only.</summary>
    public TimeMapping? KnownAt { get; set; }

    /// <summary>The source of every observation.</summary>
    public string? Source { get; set; }

    /// <summary>The column that holds the source.</summary>
    public string? SourceColumn { get; set; }

    /// <summary>Which columns are indicators (wide layout), and how the suite calls them (both layouts).</summary>
    public IndicatorMapping Indicators { get; set; } = new();

    /// <summary>
    /// The file's own name for a column, by the name in the long format; in the wide layout for revision and horizon alone.
    /// </summary>
    public Dictionary<string, string> Columns { get; set; } = [];

    /// <summary>Cells that mean that nothing was measured.</summary>
    public List<string> Missing { get; set; } = ["", "NA"];

    public const string LongLayout = "long";

    public const string WideLayout = "wide";

    public const string Count = "count";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => MappingRules.FaultsOf(this);

    /// <summary>Which column names the country, and in what code.</summary>
    internal sealed class CountryMapping
    {
        public string? Column { get; set; }

        /// <summary>
        /// <c>iso3</c> or <c>iso2</c>, also called <c>alpha3</c> and <c>alpha2</c>, for ISO 3166-1, <c>m49</c> for its numbers, <c>cow</c>
        /// for Correlates of War numbers, <c>gw</c> for those of Gleditsch and Ward, <c>name</c> for English names. Each means the State of
        /// the row's year.
        /// </summary>
        public string Code { get; set; } = "iso3";

        /// <summary>The file's own codes and what they mean; looked at first.</summary>
        public Dictionary<string, string> Map { get; set; } = [];

        /// <summary>What a code meant up to a year; looked at before everything else, the first that holds counts.</summary>
        public List<FormerMeaning> Formerly { get; set; } = [];
    }

    /// <summary>What a code of the file's own meant up to a year, where the lists of States do not say so.</summary>
    internal sealed class FormerMeaning
    {
        public required string Code { get; set; } = "";

        /// <summary>The last year, by the time of the value, in which it meant the country.</summary>
        [Range(1, 9998, ErrorMessage = "A year is 1 to 9998.")]
        public required int Until { get; set; }

        public required string Country { get; set; } = "";
    }

    /// <summary>A time: of a column, or the same for every row.</summary>
    internal sealed class TimeMapping
    {
        public string? Column { get; set; }

        /// <summary>
        /// The column of the month, 1 to 12, where <see cref="Column"/> holds the year alone. A month stands for its last day, 00:00 UTC.
        /// </summary>
        public string? Month { get; set; }

        /// <summary>The column of the day, where there is one of the month.</summary>
        public string? Day { get; set; }

        /// <summary>Stands for 31 December of it, 00:00 UTC.</summary>
        [Range(1, 9998, ErrorMessage = "A year is 1 to 9998.")]
        public int? Year { get; set; }

        public string? Date { get; set; }
    }

    /// <summary>Which columns are indicators, and their codes.</summary>
    internal sealed class IndicatorMapping
    {
        /// <summary>These; where there are none, all that nothing else names. Wide layout only.</summary>
        public List<string> Columns { get; set; } = [];

        /// <summary>
        /// These too, though something else names them: a model may read the year beside its being the time. Wide layout only.
        /// </summary>
        public List<string> Also { get; set; } = [];

        /// <summary>But not these. Wide layout only.</summary>
        public List<string> Except { get; set; } = [];

        /// <summary>The suite's code of an indicator, by its name in the file.</summary>
        public Dictionary<string, string> Rename { get; set; } = [];

        /// <summary>The unit of an indicator that the import creates.</summary>
        public string Unit { get; set; } = "as in the file";
    }
}

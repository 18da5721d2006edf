using CallCenter.Workflows.Mail;

namespace CallCenter.Workflows.Employees;

/// <summary>The employees that cases may be assigned to, and what must hold for them.</summary>
public static class Roster
{
    /// <summary>The longest id, in characters.</summary>
    public const int LongestId = 64;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>Made-up employees at <c>example.com</c>, which belongs to nobody: with them a program runs before anybody is configured.</summary>
    public static IReadOnlyList<Employee> Example { get; } =
    [
        new("1", "Alex Kim", "alex.kim@example.com"),
        new("2", "Robin Silva", "robin.silva@example.com"),
        new("3", "Sam Weber", "sam.weber@example.com"),
    ];

    /// <summary>Checks a whole roster.</summary>
    /// <param name="employees">In the order of the settings <c>CallCenter:Employees:0</c>, <c>:1</c> and so on.</param>
    /// <exception cref="ArgumentException">
    /// There are none, one cannot be used, or two have the same id; the message names the setting and says what would be right.
    /// </exception>
    public static void Check(IReadOnlyList<Employee> employees)
    {
        ArgumentNullException.ThrowIfNull(employees);
        if (employees.Count == 0)
            throw new ArgumentException("There are no employees. Set CallCenter:Employees:0:Id, :Name and :Email.");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < employees.Count; place++)
        {
            Check(employees[place], place);
            if (!places.TryAdd(employees[place].Id, place))
            {
                throw new ArgumentException(
                    $"The settings CallCenter:Employees:{places[employees[place].Id]}:Id and CallCenter:Employees:{place}:Id are both '{employees[place].Id}'. "
                    + "Every employee needs an id of its own.");
            }
        }
    }

    private static void Check(Employee employee, int place)
    {
        if (!IsText(employee.Id, LongestId))
            throw Wrong("Id", employee.Id, $"1 to {LongestId} characters, not blank and without control characters");
        if (!IsText(employee.Name, LongestName))
            throw Wrong("Name", employee.Name, $"1 to {LongestName} characters, not blank and without control characters");
        if (!MailAddresses.IsAddress(employee.Email))
            throw Wrong("Email", employee.Email, MailAddresses.Wanted);

        ArgumentException Wrong(string property, string? value, string wanted) =>
            new($"The setting CallCenter:Employees:{place}:{property} is '{PlainText.OneLine(value)}'. It must be {wanted}.");
    }

    // A lone surrogate is no text: neither a database nor a mail can hold it.
    private static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && PlainText.OneLine(text) == text;
}

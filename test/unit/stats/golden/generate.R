# Golden values of the statistics, from R. Writes JSON beside itself; README.md says how to run it.

set.seed(20)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
number <- function(x) ifelse(is.na(x), "null", sprintf("%.15g", x))
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
case <- function(...) {
  parts <- list(...)
  paste0("  {", paste0("\"", names(parts), "\": ", unlist(parts), collapse = ", "), "}")
}
write_cases <- function(name, cases) {
  writeLines(c("[", paste(cases, collapse = ",\n"), "]"), file.path(here, paste0(name, ".json")))
}
distinct <- function(count, centre, spread) {
  repeat {
    x <- round(rnorm(count, centre, spread), 4)
    if (!any(x == 0) && !any(duplicated(abs(x)))) return(x)
  }
}

# Hodges-Lehmann estimates and exact signed-rank intervals: wilcox.test. It warns where no interval of this confidence exists.
cases <- c()
for (count in c(6, 7, 8, 9, 10, 12, 15, 20, 25, 40, 60, 100)) {
  for (centre in c(0, 0.1)) {
    x <- distinct(count, centre, 0.1)
    for (tail in c(0.05, 0.025)) {
      test <- wilcox.test(x, conf.int = TRUE, conf.level = 1 - 2 * tail, exact = TRUE)
      cases <- c(cases, case(differences = list_of(x), tail = number(tail), estimate = number(test$estimate),
                             low = number(test$conf.int[1]), high = number(test$conf.int[2])))
    }
  }
}
write_cases("signed-rank-intervals", cases)

# Critical values of the signed-rank, Mann-Whitney and Kendall distributions: the largest value that is not reached or passed downwards
# with a chance above the tail; null where there is none.
largest <- function(within) if (any(within)) max(which(within)) - 1 else NA
cases <- c()
for (count in c(4:30, 50, 75, 100, 101, 150, 200)) {
  for (tail in c(0.005, 0.025, 0.05)) {
    k <- largest(psignrank(0:(count * (count + 1) / 4), count) <= tail)
    cases <- c(cases, case(count = number(count), tail = number(tail), largest = number(k)))
  }
}
write_cases("signed-rank-critical-values", cases)

cases <- c()
for (one in c(1:12, 20, 39, 50, 60)) {
  for (other in c(1:12, 20, 39, 50, 60)) {
    if (one > other || (other > 12 && one != other && one != 1)) next
    k <- largest(pwilcox(0:(one * other / 2), one, other) <= 0.025)
    cases <- c(cases, case(one = number(one), other = number(other), largest = number(k)))
  }
}
write_cases("mann-whitney-critical-values", cases)

# Two-sample shifts and exact Mann-Whitney intervals: wilcox.test(x, y).
cases <- c()
for (sizes in list(c(4, 4), c(3, 5), c(5, 5), c(5, 6), c(8, 4), c(10, 10), c(7, 12), c(25, 25))) {
  for (shift in c(0, 0.15)) {
    x <- distinct(sizes[1], shift, 0.1)
    y <- distinct(sizes[2], 0, 0.1)
    if (any(duplicated(c(x, y)))) next
    test <- wilcox.test(x, y, conf.int = TRUE, exact = TRUE)
    cases <- c(cases, case(one = list_of(x), other = list_of(y), shift = number(test$estimate),
                           low = number(test$conf.int[1]), high = number(test$conf.int[2])))
  }
}
write_cases("mann-whitney-intervals", cases)

# Sen's interval of the slope, with the exact distribution of R's own Kendall test.
cases <- c()
for (count in c(4, 5, 6, 8, 10, 15, 20, 30)) {
  values <- round(0.01 * seq_len(count) + rnorm(count, 0, 0.1), 3)
  pairs <- combn(count, 2)
  slopes <- sort((values[pairs[2, ]] - values[pairs[1, ]]) / (pairs[2, ] - pairs[1, ]))
  below <- .Call(stats:::C_pKendall, as.double(0:(length(slopes) %/% 2)), as.integer(count))
  k <- largest(below <= 0.025)
  cases <- c(cases, case(values = list_of(values), slope = number(median(slopes)),
                         low = number(slopes[k + 1]), high = number(slopes[length(slopes) - k])))
}
write_cases("sen-intervals", cases)

# Quantiles of Student's t. (Those of scipy 1.10 are good to eight digits only.)
cases <- c()
for (probability in c(0.001, 0.025, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.975, 0.99, 0.9995)) {
  for (degrees in c(1:7, 9, 10, 14, 19, 29, 50, 99, 200, 1001)) {
    cases <- c(cases, case(probability = number(probability), degrees = number(degrees),
                           quantile = number(qt(probability, degrees))))
  }
}
write_cases("student-t", cases)

# Yearly flow of the Nile at Aswan, 1871-1970: less from 1899 on (Cobb 1978). R's own data set.
writeLines(list_of(as.numeric(Nile)), file.path(here, "nile.json"))
